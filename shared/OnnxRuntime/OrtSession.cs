using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RenderFarm.OnnxRuntime.Native;

namespace RenderFarm.OnnxRuntime;

/// <summary>An opened model. Runs may overlap on several threads; disposing waits for none, the last run frees the model.</summary>
public sealed unsafe class OrtSession : IDisposable
{
    private RunOptions? _spareRunOptions;

    private OrtSession(OrtRuntime runtime, string name, NativeObject handle)
    {
        Runtime = runtime;
        Name = name;
        Handle = handle;
        InputPorts = new Ports(name, "input", DeclaredValues.Inputs(runtime.Api, handle.DangerousGetHandle()));
        OutputPorts = new Ports(name, "output", DeclaredValues.Outputs(runtime.Api, handle.DangerousGetHandle()));
    }

    public OrtRuntime Runtime { get; }

    /// <summary>File name of the model, or what it was called when it was opened from memory.</summary>
    public string Name { get; }

    public ImmutableArray<OrtValueInfo> Inputs => InputPorts.Infos;

    public ImmutableArray<OrtValueInfo> Outputs => OutputPorts.Infos;

    internal NativeObject Handle { get; }

    internal Ports InputPorts { get; }

    internal Ports OutputPorts { get; }

    /// <summary>Reads the inputs, writes into the outputs. Allocates no managed memory.</summary>
    /// <param name="inputs">A tensor for each input of the model.</param>
    /// <param name="outputs">Tensors for the outputs that are wanted, of exactly the shape the run will produce.</param>
    /// <exception cref="ArgumentException">A missing or unknown name, or a tensor that does not fit; the message shows both shapes.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token stopped the run; the outputs are undefined, the session stays usable.</exception>
    public void Run(
        ReadOnlySpan<(string Name, OrtTensor Tensor)> inputs,
        ReadOnlySpan<(string Name, OrtTensor Tensor)> outputs,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte** names = stackalloc byte*[inputs.Length + outputs.Length];
        nint* values = stackalloc nint[inputs.Length + outputs.Length];
        Span<bool> given = stackalloc bool[Inputs.Length];
        int inputsHeld = 0;
        int outputsHeld = 0;
        nint session = Handle.Hold();
        try
        {
            for (; inputsHeld < inputs.Length; inputsHeld++)
            {
                (string name, OrtTensor tensor) = inputs[inputsHeld];
                Port port = InputPorts.For(name, tensor);
                given[port.Index] = true;
                names[inputsHeld] = port.NameUtf8;
                values[inputsHeld] = tensor.Value.Hold();
            }

            InputPorts.ThrowIfMissing(given);

            for (; outputsHeld < outputs.Length; outputsHeld++)
            {
                (string name, OrtTensor tensor) = outputs[outputsHeld];
                names[inputsHeld + outputsHeld] = OutputPorts.For(name, tensor).NameUtf8;
                values[inputsHeld + outputsHeld] = tensor.Value.Hold();
            }

            RunOptions options = RentRunOptions();
            nint status;
            using (options.TerminateOn(cancellationToken))
            {
                status = Runtime.Api.Run(
                    session, options.Pointer, names, values, (nuint)inputsHeld, names + inputsHeld, (nuint)outputsHeld, values + inputsHeld);
            }

            GiveBack(options);
            ThrowIfFailed(status, cancellationToken);
        }
        finally
        {
            while (outputsHeld > 0)
                outputs[--outputsHeld].Tensor.Value.Unhold();
            while (inputsHeld > 0)
                inputs[--inputsHeld].Tensor.Value.Unhold();
            Handle.Unhold();
        }
    }

    /// <summary>Tensors tied to names once, for many runs.</summary>
    public OrtBinding Bind() => new(this);

    public void Dispose()
    {
        Interlocked.Exchange(ref _spareRunOptions, null)?.Dispose();
        Handle.Dispose();
    }

    internal static OrtSession FromFile(OrtRuntime runtime, string modelPath, OrtSessionOptions options)
    {
        using NativeObject nativeOptions = SessionOptionsHandle.Create(runtime, options);
        byte* pathUtf8 = (byte*)Marshal.StringToCoTaskMemUTF8(modelPath);
        try
        {
            nint session;
            nint status = runtime.Api.CreateSession(
                runtime.Environment.DangerousGetHandle(), pathUtf8, nativeOptions.DangerousGetHandle(), &session);
            return Opened(runtime, Path.GetFileName(modelPath), status, session, modelPath);
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)pathUtf8);
        }
    }

    internal static OrtSession FromBytes(OrtRuntime runtime, ReadOnlySpan<byte> model, string name, OrtSessionOptions options)
    {
        using NativeObject nativeOptions = SessionOptionsHandle.Create(runtime, options);
        nint session;
        nint status;
        fixed (byte* bytes = model)
        {
            status = runtime.Api.CreateSessionFromArray(
                runtime.Environment.DangerousGetHandle(), bytes, (nuint)model.Length, nativeOptions.DangerousGetHandle(), &session);
        }

        return Opened(runtime, name, status, session, name);
    }

    internal RunOptions RentRunOptions() => Interlocked.Exchange(ref _spareRunOptions, null) ?? new RunOptions(Runtime.Api);

    internal void GiveBack(RunOptions options)
    {
        options.Reset();
        if (Handle.IsClosed || Interlocked.CompareExchange(ref _spareRunOptions, options, null) is not null)
            options.Dispose();
    }

    internal void ThrowIfFailed(nint status, CancellationToken cancellationToken)
    {
        if (status == 0)
            return;
        OnnxRuntimeException failure = Runtime.Api.Failure(status, $"Running {Name}");
        if (cancellationToken.IsCancellationRequested)
            throw new OperationCanceledException($"The run of {Name} was stopped.", failure, cancellationToken);
        throw failure;
    }

    private static OrtSession Opened(OrtRuntime runtime, string name, nint status, nint session, string source)
    {
        if (status != 0)
            throw runtime.Api.Failure(status, $"Opening the model {source}");
        var handle = new NativeObject(session, runtime.Api.ReleaseSession, runtime.Environment);
        try
        {
            return new OrtSession(runtime, name, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
