namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>The numbers that decide the shape of both UNets, as in the diffusers config of the base model.</summary>
public sealed record UNetConfig
{
    public required IReadOnlyList<int> BlockOutChannels { get; init; }

    public required int LayersPerBlock { get; init; }

    /// <summary>Attention heads of every level. The file calls it attention_head_dim.</summary>
    public required int Heads { get; init; }

    public required int NormGroups { get; init; }

    public required int LatentChannels { get; init; }

    /// <summary>Per level, whether its down block has transformers; its mirror image holds for the up blocks.</summary>
    public required IReadOnlyList<bool> DownBlockHasAttention { get; init; }

    /// <summary>Per level of the way up, whether it has transformers.</summary>
    public required IReadOnlyList<bool> UpBlockHasAttention { get; init; }

    public int TimeEmbeddingChannels => 4 * BlockOutChannels[0];
}
