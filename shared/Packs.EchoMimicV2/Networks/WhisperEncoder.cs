using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>
/// Whisper's audio encoder (Radford et al. 2022, arXiv:2212.04356): <c>mel</c> [1, 80, 3000] → <c>states</c> [1500, L+1, C]: per 20 ms the state after the positional
/// table and after each of the L blocks. The final normalisation is not applied to any of them.
/// </summary>
public static class WhisperEncoder
{
    public static OnnxModel Build(WhisperConfig config, IParameterSource parameters, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        NetworkBuilder net = new("whisper_encoder", parameters, options);
        int width = config.Width;
        string mel = net.Input("mel", 1, config.MelBands, 2L * config.Positions);
        string x = net.Gelu(Conv1d(net, mel, "encoder.conv1", config.MelBands, width, stride: 1));
        x = net.Gelu(Conv1d(net, x, "encoder.conv2", width, width, stride: 2));
        x = net.Op("Transpose", [x], Attr.Ints("perm", 0, 2, 1));
        x = net.Add(x, net.Parameter("encoder.positional_embedding", config.Positions, width));
        List<string> states = [x];
        for (int block = 0; block < config.Layers; block++)
        {
            string layer = $"encoder.blocks.{block}";
            string normed = net.LayerNorm(x, $"{layer}.attn_ln", width);
            string mixed = net.Attention(
                net.Linear(normed, $"{layer}.attn.query", width, width),
                net.Linear(normed, $"{layer}.attn.key", width, width, bias: false),
                net.Linear(normed, $"{layer}.attn.value", width, width),
                width,
                config.Heads);
            x = net.Add(x, net.Linear(mixed, $"{layer}.attn.out", width, width));
            string fed = net.Gelu(net.Linear(net.LayerNorm(x, $"{layer}.mlp_ln", width), $"{layer}.mlp.0", width, 4 * width));
            x = net.Add(x, net.Linear(fed, $"{layer}.mlp.2", 4 * width, width));
            states.Add(x);
        }

        string stacked = net.Op("Concat", states, Attr.Int("axis", 0));
        net.Output(net.Op("Transpose", [stacked], Attr.Ints("perm", 1, 0, 2)), "states", config.Positions, config.Layers + 1L, width);
        return net.Build();
    }

    private static string Conv1d(NetworkBuilder net, string x, string layer, int inChannels, int outChannels, int stride) =>
        net.Op("Conv", [x, net.Parameter($"{layer}.weight", outChannels, inChannels, 3), net.Parameter($"{layer}.bias", outChannels)],
            Attr.Ints("kernel_shape", 3), Attr.Ints("strides", stride), Attr.Ints("pads", 1, 1));
}
