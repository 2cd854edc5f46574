namespace RenderFarm.OnnxRuntime.Native;

/// <summary>The switch that stops one run. Reused from run to run, never by two at once.</summary>
internal sealed unsafe class RunOptions : IDisposable
{
    private static readonly Action<object?> TerminateCallback = static options => ((RunOptions)options!).Terminate();

    private readonly OrtApi _api;
    private readonly NativeObject _handle;

    public RunOptions(OrtApi api)
    {
        _api = api;
        nint created;
        api.Check(api.CreateRunOptions(&created), "Creating run options");
        _handle = new NativeObject(created, api.ReleaseRunOptions);
    }

    public nint Pointer => _handle.DangerousGetHandle();

    /// <summary>Until the registration is disposed (which waits for a callback under way), the token stops the run.</summary>
    public CancellationTokenRegistration TerminateOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(TerminateCallback, this);

    public void Reset() => _api.Check(_api.UnsetTerminate(Pointer), "Resetting run options");

    public void Dispose() => _handle.Dispose();

    private void Terminate() => _api.Check(_api.SetTerminate(Pointer), "Stopping a run");
}
