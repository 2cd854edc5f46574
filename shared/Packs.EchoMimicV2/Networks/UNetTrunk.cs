using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>The way down, the middle and the way up, which both UNets share; what happens in a transformer and after it is the caller's.</summary>
internal sealed class UNetTrunk(NetworkBuilder net, UNetConfig config, UNetLayers layers)
{
    /// <summary>Transformer block on tokens [R, S, C]: (tokens, parameter prefix, C) → tokens.</summary>
    public required Func<string, string, int, string> TransformerBlock { get; init; }

    /// <summary>What follows residual block and transformer of a layer: ([R, C, H, W], parameter prefix, C) → same shape.</summary>
    public Func<string, string, int, string> AfterLayer { get; init; } = (x, _, _) => x;

    /// <summary>From the first feature map to the output of the last up block.</summary>
    public string Run(string x, string activatedTime)
    {
        List<(string Value, int Channels)> skips = [(x, config.BlockOutChannels[0])];
        x = Down(x, activatedTime, skips);
        x = Middle(x, activatedTime);
        return Up(x, activatedTime, skips);
    }

    private string Down(string x, string time, List<(string Value, int Channels)> skips)
    {
        int levels = config.BlockOutChannels.Count;
        int channels = config.BlockOutChannels[0];
        for (int level = 0; level < levels; level++)
        {
            string block = $"down_blocks.{level}";
            int width = config.BlockOutChannels[level];
            for (int layer = 0; layer < config.LayersPerBlock; layer++)
            {
                x = layers.Residual(x, time, $"{block}.resnets.{layer}", channels, width);
                channels = width;
                if (config.DownBlockHasAttention[level])
                    x = Transformer(x, $"{block}.attentions.{layer}", channels);
                x = AfterLayer(x, $"{block}.motion_modules.{layer}", channels);
                skips.Add((x, channels));
            }

            if (level < levels - 1)
            {
                x = layers.Downsample(x, block, channels);
                skips.Add((x, channels));
            }

            layers.Probe(block, x);
        }

        return x;
    }

    private string Middle(string x, string time)
    {
        int channels = config.BlockOutChannels[^1];
        x = layers.Residual(x, time, "mid_block.resnets.0", channels, channels);
        x = Transformer(x, "mid_block.attentions.0", channels);
        x = AfterLayer(x, "mid_block.motion_modules.0", channels);
        x = layers.Residual(x, time, "mid_block.resnets.1", channels, channels);
        return layers.Probe("mid_block", x);
    }

    private string Up(string x, string time, List<(string Value, int Channels)> skips)
    {
        int levels = config.BlockOutChannels.Count;
        int channels = config.BlockOutChannels[^1];
        for (int level = 0; level < levels; level++)
        {
            string block = $"up_blocks.{level}";
            int width = config.BlockOutChannels[levels - 1 - level];
            for (int layer = 0; layer <= config.LayersPerBlock; layer++)
            {
                (string skip, int skipChannels) = skips[^1];
                skips.RemoveAt(skips.Count - 1);
                x = net.Op("Concat", [x, skip], Attr.Int("axis", 1));
                x = layers.Residual(x, time, $"{block}.resnets.{layer}", channels + skipChannels, width);
                channels = width;
                if (config.UpBlockHasAttention[level])
                    x = Transformer(x, $"{block}.attentions.{layer}", channels);
                x = AfterLayer(x, $"{block}.motion_modules.{layer}", channels);
            }

            if (level < levels - 1)
                x = layers.Upsample(x, skips[^1].Value, block, channels);
            layers.Probe(block, x);
        }

        return x;
    }

    private string Transformer(string x, string layer, int channels) =>
        layers.Transformer(x, layer, channels, (tokens, prefix) => TransformerBlock(tokens, prefix, channels));
}
