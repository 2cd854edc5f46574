namespace RenderFarm.OnnxRuntime.Native;

/// <summary>
/// An IoBinding. It keeps native references to the bound memory beyond the life of the OrtValues that brought it, so every
/// bound value is held until it is replaced or the binding is gone.
/// </summary>
internal sealed unsafe class BindingHandle(
    nint value, delegate* unmanaged<nint, void> release, NativeObject session, int inputCount, int outputCount)
    : NativeObject(value, release, session)
{
    private readonly NativeObject?[] _inputs = new NativeObject?[inputCount];
    private readonly NativeObject?[] _outputs = new NativeObject?[outputCount];

    /// <summary>Notes that a value which the caller already holds is now bound, and lets go of the one before.</summary>
    public void Keep(bool input, int index, NativeObject held)
    {
        ref NativeObject? slot = ref (input ? _inputs : _outputs)[index];
        slot?.Unhold();
        slot = held;
    }

    /// <summary>Marks the inputs that have a value.</summary>
    public void MarkBound(Span<bool> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = _inputs[i] is not null;
    }

    protected override bool ReleaseHandle()
    {
        base.ReleaseHandle();
        foreach (NativeObject? bound in _inputs)
            bound?.Unhold();
        foreach (NativeObject? bound in _outputs)
            bound?.Unhold();
        return true;
    }
}
