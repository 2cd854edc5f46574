using System.Text;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>An input or output of a session with its name in the form the C API takes on every run.</summary>
internal sealed unsafe class Port
{
    private readonly byte[] _nameUtf8; // On the pinned heap: NameUtf8 points into it.

    public Port(OrtValueInfo info, int index)
    {
        Info = info;
        Index = index;
        _nameUtf8 = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(info.Name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(info.Name, _nameUtf8);
        NameUtf8 = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_nameUtf8, 0);
    }

    public OrtValueInfo Info { get; }

    public int Index { get; }

    /// <summary>Zero-terminated; valid while this port is referenced.</summary>
    public byte* NameUtf8 { get; }
}
