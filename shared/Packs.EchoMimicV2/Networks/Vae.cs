using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Stable Diffusion's autoencoder, as two networks.</summary>
public static class Vae
{
    /// <summary>Latents are the posterior mean times this.</summary>
    public const float Scale = 0.18215f;

    private const float Epsilon = 1e-6f;

    /// <summary><c>image</c> [1, 3, H, W], −1 to 1 → <c>moments</c> [1, 8, H/8, W/8]: means, then log-variances.</summary>
    /// <param name="parameters">Of the whole file; this takes what begins with 'encoder.' and 'quant_conv.'.</param>
    public static OnnxModel BuildEncoder(VaeConfig config, IParameterSource parameters, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        NetworkBuilder net = new("vae_encoder", parameters, options);
        int channels = config.BlockOutChannels[0];
        string x = net.Conv2d(net.Input("image", "count", 3, "height", "width"), "encoder.conv_in", 3, channels);
        for (int level = 0; level < config.BlockOutChannels.Count; level++)
        {
            string block = $"encoder.down_blocks.{level}";
            int width = config.BlockOutChannels[level];
            for (int layer = 0; layer < config.LayersPerBlock; layer++)
            {
                x = Residual(net, config, x, $"{block}.resnets.{layer}", channels, width);
                channels = width;
            }

            if (level < config.BlockOutChannels.Count - 1) // padded on the right and at the bottom only
                x = net.Conv2d(x, $"{block}.downsamplers.0.conv", channels, channels, stride: 2, pads: [0, 0, 1, 1]);
        }

        x = Middle(net, config, x, "encoder.mid_block", channels);
        x = net.Silu(net.GroupNorm(x, "encoder.conv_norm_out", channels, config.NormGroups, Epsilon));
        int moments = 2 * config.LatentChannels;
        x = net.Conv2d(x, "encoder.conv_out", channels, moments);
        net.Output(net.Conv2d(x, "quant_conv", moments, moments, kernel: 1), "moments", "count", moments, "h", "w");
        return net.Build();
    }

    /// <summary><c>latents</c> [N, 4, h, w], still scaled → <c>image</c> [N, 3, 8h, 8w], about −1 to 1.</summary>
    /// <param name="parameters">Of the whole file; this takes what begins with 'decoder.' and 'post_quant_conv.'.</param>
    public static OnnxModel BuildDecoder(VaeConfig config, IParameterSource parameters, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        NetworkBuilder net = new("vae_decoder", parameters, options);
        int channels = config.BlockOutChannels[^1];
        string x = net.Op("Div", [net.Input("latents", "count", config.LatentChannels, "h", "w"), net.Scalar(Scale)]);
        x = net.Conv2d(x, "post_quant_conv", config.LatentChannels, config.LatentChannels, kernel: 1);
        x = net.Conv2d(x, "decoder.conv_in", config.LatentChannels, channels);
        x = Middle(net, config, x, "decoder.mid_block", channels);
        int levels = config.BlockOutChannels.Count;
        for (int level = 0; level < levels; level++)
        {
            string block = $"decoder.up_blocks.{level}";
            int width = config.BlockOutChannels[levels - 1 - level];
            for (int layer = 0; layer <= config.LayersPerBlock; layer++)
            {
                x = Residual(net, config, x, $"{block}.resnets.{layer}", channels, width);
                channels = width;
            }

            if (level < levels - 1)
                x = net.Conv2d(net.UpsampleTwice(x), $"{block}.upsamplers.0.conv", channels, channels);
        }

        x = net.Silu(net.GroupNorm(x, "decoder.conv_norm_out", channels, config.NormGroups, Epsilon));
        net.Output(net.Conv2d(x, "decoder.conv_out", channels, 3), "image", "count", 3, "height", "width");
        return net.Build();
    }

    private static string Residual(NetworkBuilder net, VaeConfig config, string x, string layer, int inChannels, int outChannels)
    {
        string h = net.Conv2d(net.Silu(net.GroupNorm(x, $"{layer}.norm1", inChannels, config.NormGroups, Epsilon)), $"{layer}.conv1", inChannels, outChannels);
        h = net.Conv2d(net.Silu(net.GroupNorm(h, $"{layer}.norm2", outChannels, config.NormGroups, Epsilon)), $"{layer}.conv2", outChannels, outChannels);
        return net.Add(inChannels == outChannels ? x : net.Conv2d(x, $"{layer}.conv_shortcut", inChannels, outChannels, kernel: 1), h);
    }

    /// <summary>Residual, single-head attention over all pixels, residual.</summary>
    private static string Middle(NetworkBuilder net, VaeConfig config, string x, string block, int channels)
    {
        x = Residual(net, config, x, $"{block}.resnets.0", channels, channels);
        string layer = $"{block}.attentions.0";
        string tokens = net.ToTokens(net.GroupNorm(x, $"{layer}.group_norm", channels, config.NormGroups, Epsilon), channels);
        string Project(string name) => net.Linear(tokens, $"{layer}.{name}", channels, channels);
        string mixed = net.Attention(Project("to_q"), Project("to_k"), Project("to_v"), channels, heads: 1);
        x = net.Add(x, net.FromTokens(net.Linear(mixed, $"{layer}.to_out.0", channels, channels), x));
        return Residual(net, config, x, $"{block}.resnets.1", channels, channels);
    }
}
