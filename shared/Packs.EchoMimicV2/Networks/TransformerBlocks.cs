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
}
