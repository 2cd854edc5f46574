using Microsoft.Win32.SafeHandles;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>One object of the C API, released once, by the function that belongs to it, and not while anyone holds it.</summary>
internal unsafe class NativeObject : SafeHandleZeroOrMinusOneIsInvalid
{
    private static long alive;

    private readonly delegate* unmanaged<nint, void> _release;
    private readonly NativeObject? _parent;

    /// <param name="parent">Stays alive at least as long as this object, also when finalizers run in any order.</param>
    public NativeObject(nint value, delegate* unmanaged<nint, void> release, NativeObject? parent = null)
        : base(ownsHandle: true)
    {
        parent?.Hold();
        _parent = parent;
        _release = release;
        SetHandle(value);
        Interlocked.Increment(ref alive);
    }

    /// <summary>Native objects of this process that are not released yet.</summary>
    public static long Alive => Interlocked.Read(ref alive);

    /// <summary>The pointer, kept valid until <see cref="Unhold"/> even if another thread disposes meanwhile.</summary>
    public nint Hold()
    {
        bool held = false;
        DangerousAddRef(ref held);
        return handle;
    }

    public void Unhold() => DangerousRelease();

    protected override bool ReleaseHandle()
    {
        _release(handle);
        Interlocked.Decrement(ref alive);
        _parent?.Unhold();
        return true;
    }
}
