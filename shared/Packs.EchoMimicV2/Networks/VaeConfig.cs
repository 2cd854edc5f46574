namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>The numbers that decide the shape of the autoencoder, as in its diffusers config.</summary>
public sealed record VaeConfig
{
    public required IReadOnlyList<int> BlockOutChannels { get; init; }

    public required int LayersPerBlock { get; init; }

    public required int NormGroups { get; init; }

    public required int LatentChannels { get; init; }
}
