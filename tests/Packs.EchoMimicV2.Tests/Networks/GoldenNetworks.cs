using RenderFarm.OnnxGraph;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Weights;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Networks;

/// <summary>The official tiny weights and sessions over networks built from them.</summary>
public sealed class GoldenNetworks : IDisposable
{
    private readonly Lazy<OfficialWeights> _weights = new(() => OfficialWeights.Open(Path.Combine(Golden.Folder, "pretrained_weights"), accelerated: false));
    private readonly Lazy<OrtRuntime> _runtime = new(() => OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary));

    internal OfficialWeights Weights => _weights.Value;

    internal OrtRuntime Runtime => _runtime.Value;

    internal OrtSession Open(OnnxModel model)
    {
        using MemoryStream bytes = new();
        OnnxModelWriter.Write(model, bytes);
        return Runtime.Open(bytes.ToArray(), model.Graph.Name);
    }

    internal OrtTensor<float> Tensor(float[] values, params long[] shape) => OrtTensor.Over<float>(Runtime, values, shape);

    public void Dispose()
    {
        if (_weights.IsValueCreated)
            _weights.Value.Dispose();
    }
}
