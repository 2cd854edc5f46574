using RenderFarm.Checkpoints;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Parameters out of open checkpoints; a later one overrides an earlier one, as the official loader does.</summary>
public sealed class CheckpointParameters : IParameterSource
{
    private readonly Dictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);

    /// <param name="inLoadOrder">Checkpoints that stay open while the network is written.</param>
    /// <param name="belongs">Which of their tensors are this network's; the others are neither offered nor missed.</param>
    public CheckpointParameters(IEnumerable<Checkpoint> inLoadOrder, Func<string, bool>? belongs = null)
    {
        ArgumentNullException.ThrowIfNull(inLoadOrder);
        foreach (Checkpoint checkpoint in inLoadOrder)
            foreach (CheckpointTensor tensor in checkpoint.Tensors.Values.Where(tensor => belongs?.Invoke(tensor.Name) ?? true))
                _tensors[tensor.Name] = tensor;
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public IReadOnlyList<long>? ShapeOf(string name, IReadOnlyList<long> expected) => _tensors.GetValueOrDefault(name)?.Shape;

    public void Read(string name, Span<float> values) => _tensors[name].Read(0, values);
}
