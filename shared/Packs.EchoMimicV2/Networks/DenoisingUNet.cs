using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>
/// The network that is evaluated at every step and window. Inputs: <c>latents</c> [B, F, 4, h, w], <c>timestep</c> [1] float32, <c>pose</c> [B·F, C0, h, w]
/// (pose features), <c>audio</c> [B·F, 50, A], and per transformer block <c>bank_k.PREFIX</c>, <c>bank_v.PREFIX</c> [1, T, C], the projected reference (T may be 0:
/// then the block sees no reference, which is the unconditional half of guidance). Output: <c>velocity</c> [B, F, 4, h, w].
/// </summary>
public static class DenoisingUNet
{
    /// <summary>Tokens of one frame's audio chunk: 10 rows × 5 layers.</summary>
    public const int AudioTokens = 50;

    /// <summary>The official network multiplies the whole audio attention, bias included, by this.</summary>
    private const float AudioGain = 3;

    /// <param name="audioChannels">Width of the audio features, 384 for Whisper tiny.</param>
    /// <param name="probes">Modules whose outputs become further outputs, <c>probe.MODULE</c>.</param>
    public static OnnxModel Build(
        UNetConfig config, int audioChannels, IParameterSource parameters, NetworkOptions options, params IReadOnlyList<string> probes)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(options);
        NetworkBuilder net = new("denoising_unet", parameters, options);
        UNetLayers layers = new(net, config);
        int channels0 = config.BlockOutChannels[0];
        string latents = net.Input("latents", "windows", "frames", config.LatentChannels, "h", "w");
        string timestep = net.Graph.AddInput("timestep", OnnxElementType.Float, 1);
        string pose = net.Input("pose", "rows", channels0, "h", "w");
        string audio = net.Input("audio", "rows", AudioTokens, audioChannels);
        string rows = net.Op("Shape", [audio], Attr.Int("end", 1));
        MotionModule motion = new(net, latents);
        UNetTrunk trunk = new(net, config, layers)
        {
            TransformerBlock = (x, prefix, channels) => Block(net, config, x, audio, rows, prefix, channels, audioChannels),
            AfterLayer = (x, layer, channels) => layers.Probe(layer, motion.Apply(x, layer, channels)),
        };
        string folded = net.Op("Reshape", [latents, net.Op("Concat", [net.Int64s(-1), net.Op("Shape", [latents], Attr.Int("start", 2))], Attr.Int("axis", 0))]);
        string first = layers.Probe("conv_in", net.Conv2d(folded, "conv_in", config.LatentChannels, channels0));
        string last = trunk.Run(net.Add(first, pose), layers.TimeEmbedding(timestep));
        last = layers.Probe("conv_norm_out", net.GroupNorm(last, "conv_norm_out", channels0, config.NormGroups, 1e-5f));
        string velocity = net.Conv2d(net.Silu(last), "conv_out", channels0, config.LatentChannels);
        net.Output(net.Op("Reshape", [velocity, net.Op("Shape", [latents])]), "velocity", "windows", "frames", config.LatentChannels, "h", "w");
        foreach (string probe in probes)
            layers.OutputProbe(probe);
        return net.Build();
    }

    private static string Block(
        NetworkBuilder net, UNetConfig config, string x, string audio, string rows, string prefix, int channels, int audioChannels)
    {
        string normed = net.LayerNorm(x, $"{prefix}.norm1", channels);
        string keys = WithReference(net, normed, rows, $"{prefix}.attn1.to_k", $"bank_k.{prefix}", prefix, channels);
        string values = WithReference(net, normed, rows, $"{prefix}.attn1.to_v", $"bank_v.{prefix}", prefix, channels);
        x = net.Add(x, TransformerParts.AttendTo(net, normed, keys, values, $"{prefix}.attn1", channels, config.Heads));
        string heard = TransformerParts.Attend(
            net, net.LayerNorm(x, $"{prefix}.norm2", channels), audio, $"{prefix}.attn2", channels, audioChannels, config.Heads);
        x = net.Add(x, net.Mul(heard, net.Scalar(AudioGain)));
        return net.Add(x, net.FeedForward(net.LayerNorm(x, $"{prefix}.norm3", channels), $"{prefix}.ff", channels));
    }

    /// <summary>The frame's own projected tokens, then the reference's, the same for every row.</summary>
    private static string WithReference(NetworkBuilder net, string normed, string rows, string projection, string input, string prefix, int channels)
    {
        string own = net.Linear(normed, projection, channels, channels, bias: false);
        string bank = net.Input(input, 1, $"tokens.{prefix}", channels);
        string everywhere = net.Op("Expand", [bank, net.Op("Concat", [rows, net.Int64s(1, 1)], Attr.Int("axis", 0))]);
        return net.Op("Concat", [own, everywhere], Attr.Int("axis", 1));
    }
}
