using System.Buffers;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>An OrtValue over managed memory. The garbage collector may move that memory only after the value is gone.</summary>
internal sealed unsafe class PinnedValue(nint value, delegate* unmanaged<nint, void> release, MemoryHandle pin)
    : NativeObject(value, release)
{
    private MemoryHandle _pin = pin;

    protected override bool ReleaseHandle()
    {
        base.ReleaseHandle();
        _pin.Dispose();
        return true;
    }
}
