using RenderFarm.Checkpoints;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Parameters of one half of the autoencoder under today's names; the published file still has the attention's old ones.</summary>
public sealed class VaeParameters : IParameterSource
{
    private static readonly (string Old, string New)[] s_renamed =
        [(".query.", ".to_q."), (".key.", ".to_k."), (".value.", ".to_v."), (".proj_attn.", ".to_out.0.")];

    private readonly Dictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);

    /// <param name="checkpoint">The autoencoder's file; stays open while the network is written.</param>
    /// <param name="prefixes">What the names of this half begin with.</param>
    public VaeParameters(Checkpoint checkpoint, params IReadOnlyList<string> prefixes)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        foreach (CheckpointTensor tensor in checkpoint.Tensors.Values)
            if (prefixes.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
                _tensors[Rename(tensor.Name)] = tensor;
    }

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Newer conversions keep the attention's matrices as 1×1 convolutions: same numbers, two more sides.</summary>
    public IReadOnlyList<long>? ShapeOf(string name, IReadOnlyList<long> expected)
    {
        if (!_tensors.TryGetValue(name, out CheckpointTensor? tensor))
            return null;
        bool isFlattenedConvolution = tensor.Shape.Count == 4 && expected.Count == 2 && tensor.Shape[2] == 1 && tensor.Shape[3] == 1;
        return isFlattenedConvolution ? [tensor.Shape[0], tensor.Shape[1]] : tensor.Shape;
    }

    public void Read(string name, Span<float> values) => _tensors[name].Read(0, values);

    private static string Rename(string name)
    {
        foreach ((string old, string now) in s_renamed)
            if (name.Contains(".attentions.", StringComparison.Ordinal))
                name = name.Replace(old, now, StringComparison.Ordinal);
        return name;
    }
}
