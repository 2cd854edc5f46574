using RenderFarm.OnnxRuntime.Native;

namespace RenderFarm.OnnxRuntime;

/// <summary>Tensors tied to a session's names once, for many runs. One run at a time; several bindings may run at once.</summary>
/// <remarks>Keeps the bound tensors' memory pinned until they are replaced or the binding is disposed.</remarks>
public sealed unsafe class OrtBinding : IDisposable
{
    private readonly OrtSession _session;
    private readonly BindingHandle _handle;
    private int _busy;

    internal OrtBinding(OrtSession session)
    {
        _session = session;
        OrtApi api = session.Runtime.Api;
        nint created;
        nint native = session.Handle.Hold();
        try
        {
            api.Check(api.CreateIoBinding(native, &created), "Creating a binding");
            _handle = new BindingHandle(created, api.ReleaseIoBinding, session.Handle, session.Inputs.Length, session.Outputs.Length);
        }
        finally
        {
            session.Handle.Unhold();
        }
    }

    /// <summary>Ties a tensor to an input, in place of the one before. Runs read what its memory holds at that time.</summary>
    /// <exception cref="ArgumentException">An unknown name, or a tensor that does not fit; the message shows both shapes.</exception>
    public OrtBinding Input(string name, OrtTensor tensor)
    {
        Tie(input: true, _session.InputPorts.For(name, tensor), tensor.Value);
        return this;
    }

    /// <summary>Ties a tensor of exactly the shape the runs will produce to an output, in place of the one before.</summary>
    /// <inheritdoc cref="Input"/>
    public OrtBinding Output(string name, OrtTensor tensor)
    {
        Tie(input: false, _session.OutputPorts.For(name, tensor), tensor.Value);
        return this;
    }

    /// <summary>Reads the bound inputs, writes into the bound outputs. Allocates no managed memory.</summary>
    /// <exception cref="ArgumentException">No tensor is bound to some input.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token stopped the run; the outputs are undefined, the binding stays usable.</exception>
    /// <exception cref="InvalidOperationException">A run of this binding is under way.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Turn turn = Turn.Take(this);
        Span<bool> bound = stackalloc bool[_session.Inputs.Length];
        _handle.MarkBound(bound);
        _session.InputPorts.ThrowIfMissing(bound);
        RunOptions options = _session.RentRunOptions();
        nint status;
        using (options.TerminateOn(cancellationToken))
            status = _session.Runtime.Api.RunWithBinding(turn.Session, options.Pointer, turn.Binding);
        _session.GiveBack(options);
        _session.ThrowIfFailed(status, cancellationToken);
    }

    public void Dispose() => _handle.Dispose();

    private void Tie(bool input, Port port, NativeObject value)
    {
        using Turn turn = Turn.Take(this);
        OrtApi api = _session.Runtime.Api;
        nint tensor = value.Hold();
        nint status = input ? api.BindInput(turn.Binding, port.NameUtf8, tensor) : api.BindOutput(turn.Binding, port.NameUtf8, tensor);
        if (status != 0)
        {
            value.Unhold();
            throw api.Failure(status, "Binding a tensor");
        }

        _handle.Keep(input, port.Index, value);
    }

    /// <summary>The right to touch the native binding: one thread at a time, and nothing it needs is released meanwhile.</summary>
    private readonly ref struct Turn
    {
        private readonly OrtBinding _owner;

        private Turn(OrtBinding owner)
        {
            _owner = owner;
            Binding = owner._handle.DangerousGetHandle();
            Session = owner._session.Handle.DangerousGetHandle(); // The binding handle keeps its session's alive.
        }

        public nint Binding { get; }

        public nint Session { get; }

        public static Turn Take(OrtBinding owner)
        {
            owner._handle.Hold();
            if (Interlocked.Exchange(ref owner._busy, 1) == 0)
                return new Turn(owner);
            owner._handle.Unhold();
            throw new InvalidOperationException($"A run of this binding of {owner._session.Name} is under way.");
        }

        public void Dispose()
        {
            Volatile.Write(ref _owner._busy, 0);
            _owner._handle.Unhold();
        }
    }
}
