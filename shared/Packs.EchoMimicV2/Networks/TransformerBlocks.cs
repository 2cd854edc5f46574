using System.Globalization;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>The spatial transformer blocks of a UNet, in the order the network runs them.</summary>
public static class TransformerBlocks
{
    /// <summary>Parameter prefix and width of each.</summary>
    public static IReadOnlyList<(string Prefix, int Channels)> Of(UNetConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        List<(string Prefix, int Channels)> blocks = [];
        int levels = config.BlockOutChannels.Count;
        for (int level = 0; level < levels; level++)
            for (int layer = 0; layer < config.LayersPerBlock && config.DownBlockHasAttention[level]; layer++)
                blocks.Add(($"down_blocks.{level}.attentions.{layer}.transformer_blocks.0", config.BlockOutChannels[level]));
        blocks.Add(("mid_block.attentions.0.transformer_blocks.0", config.BlockOutChannels[^1]));
        for (int level = 0; level < levels; level++)
            for (int layer = 0; layer <= config.LayersPerBlock && config.UpBlockHasAttention[level]; layer++)
                blocks.Add(($"up_blocks.{level}.attentions.{layer}.transformer_blocks.0", config.BlockOutChannels[levels - 1 - level]));
        return blocks;
    }

    /// <summary>Tokens (rows × columns) that a block of <see cref="Of"/> works on when the latents have h × w pixels; every level halves, rounding up.</summary>
    public static int TokensOf(UNetConfig config, string prefix, int h, int w)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(prefix);
        int deepest = config.BlockOutChannels.Count - 1;
        string[] parts = prefix.Split('.');
        int level = parts[0] switch
        {
            "down_blocks" => int.Parse(parts[1], CultureInfo.InvariantCulture),
            "up_blocks" => deepest - int.Parse(parts[1], CultureInfo.InvariantCulture),
            _ => deepest,
        };
        for (; level > 0; level--)
            (h, w) = ((h + 1) / 2, (w + 1) / 2);
        return h * w;
    }
}
