using RenderFarm.Failures;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.MediaPipe;

/// <summary>A network with one input and fixed shapes, and the memory it reads and writes.</summary>
internal sealed class BoundNetwork : IDisposable
{
    private readonly OrtSession session;
    private readonly OrtBinding binding;
    private readonly OrtTensor<float> input;
    private readonly Dictionary<string, OrtTensor<float>> outputs = new(StringComparer.Ordinal);

    /// <exception cref="PermanentException">The file is not there.</exception>
    public BoundNetwork(OrtRuntime runtime, string path, OrtSessionOptions options)
    {
        if (!File.Exists(path))
            throw new PermanentException($"The network {path} is missing: run ./farm doctor, which installs it.");
        session = runtime.Open(path, options);
        binding = session.Bind();
        OrtValueInfo declared = session.Inputs.Single();
        input = Allocate(runtime, declared);
        binding.Input(declared.Name, input);
        foreach (OrtValueInfo output in session.Outputs)
        {
            outputs[output.Name] = Allocate(runtime, output);
            binding.Output(output.Name, outputs[output.Name]);
        }
    }

    public Span<float> Input => input.Span;

    public ReadOnlySpan<float> Output(string name) => outputs[name].Span;

    public void Run() => binding.Run(CancellationToken.None);

    public void Dispose()
    {
        binding.Dispose();
        input.Dispose();
        foreach (OrtTensor<float> output in outputs.Values)
            output.Dispose();
        session.Dispose();
    }

    private static OrtTensor<float> Allocate(OrtRuntime runtime, OrtValueInfo value) => OrtTensor.Zeros<float>(
        runtime, [.. value.Shape.Select(d => d.Size ?? throw new InvalidDataException($"The network leaves the size of {value} open."))]);
}
