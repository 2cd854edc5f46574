using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>
/// Projects the reference bank to keys and values with the denoising network's own weights, once per job instead of once per frame, step and window.
/// Inputs <c>bank.PREFIX</c> [1, T, C]; outputs <c>bank_k.PREFIX</c> and <c>bank_v.PREFIX</c>.
/// </summary>
public static class ReferenceProjection
{
    /// <param name="parameters">The denoising network's; those of other layers are left alone.</param>
    /// <param name="blocks">Prefix and width of every transformer block.</param>
    public static OnnxModel Build(
        IReadOnlyList<(string Prefix, int Channels)> blocks, IParameterSource parameters, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        NetworkBuilder net = new("reference_projection", new Part(parameters), options);
        foreach ((string prefix, int channels) in blocks)
        {
            string bank = net.Input($"bank.{prefix}", 1, $"tokens.{prefix}", channels);
            // The official program hands the bank over in half precision, whatever it computes in.
            string rounded = net.Op("Cast", [net.Op("Cast", [bank], Attr.Int("to", (long)OnnxElementType.Float16))], Attr.Int("to", (long)net.Type));
            net.Output(net.Linear(rounded, $"{prefix}.attn1.to_k", channels, channels, bias: false), $"bank_k.{prefix}", 1, $"tokens.{prefix}", channels);
            net.Output(net.Linear(rounded, $"{prefix}.attn1.to_v", channels, channels, bias: false), $"bank_v.{prefix}", 1, $"tokens.{prefix}", channels);
        }

        return net.Build();
    }

    private sealed class Part(IParameterSource whole) : IParameterSource
    {
        public IEnumerable<string> Names => [];

        public IReadOnlyList<long>? ShapeOf(string name, IReadOnlyList<long> expected) => whole.ShapeOf(name, expected);

        public void Read(string name, Span<float> values) => whole.Read(name, values);
    }
}
