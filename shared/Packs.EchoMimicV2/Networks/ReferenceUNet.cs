using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>
/// The network that looks at the portrait once: a UNet without cross-attention whose only result is what enters each of its self-attentions.
/// Input <c>latents</c> [1, 4, h, w]; outputs <c>bank.PREFIX</c> [1, tokens, C], one per transformer block.
/// </summary>
public static class ReferenceUNet
{
    /// <summary>The reference is clean, so the timestep is 0.</summary>
    private const float Timestep = 0;

    /// <param name="probes">Modules whose outputs become further outputs, <c>probe.MODULE</c>.</param>
    public static OnnxModel Build(UNetConfig config, IParameterSource parameters, NetworkOptions options, params IReadOnlyList<string> probes)
    {
        ArgumentNullException.ThrowIfNull(config);
        NetworkBuilder net = new("reference_unet", parameters, options);
        UNetLayers layers = new(net, config);
        string latents = net.Input("latents", 1, config.LatentChannels, "h", "w");
        string time = layers.TimeEmbedding(net.Floats32(Timestep));
        List<(string Prefix, string Value, int Channels)> bank = [];
        UNetTrunk trunk = new(net, config, layers)
        {
            TransformerBlock = (x, prefix, channels) =>
            {
                string normed = net.LayerNorm(x, $"{prefix}.norm1", channels);
                bank.Add((prefix, normed, channels));
                x = net.Add(x, TransformerParts.Attend(net, normed, normed, $"{prefix}.attn1", channels, channels, config.Heads));
                return net.Add(x, net.FeedForward(net.LayerNorm(x, $"{prefix}.norm3", channels), $"{prefix}.ff", channels));
            },
        };
        string first = layers.Probe("conv_in", net.Conv2d(latents, "conv_in", config.LatentChannels, config.BlockOutChannels[0]));
        string last = trunk.Run(first, time);
        foreach ((string prefix, string value, int channels) in bank)
            net.Output(value, $"bank.{prefix}", 1, $"tokens.{prefix}", channels);
        if (probes.Count == 0)
            return net.Build();
        layers.Probe("out", last);
        foreach (string probe in probes)
            layers.OutputProbe(probe);
        return net.Build();
    }
}
