using RenderFarm.Packs.EchoMimicV2.Networks;

namespace RenderFarm.Packs.EchoMimicV2.Importing;

/// <summary>What to make a pack of.</summary>
public sealed record ImportSettings
{
    /// <summary>The official <c>pretrained_weights</c> folder.</summary>
    public required string From { get; init; }

    /// <summary>The pack's folder; must not exist, or be empty.</summary>
    public required string To { get; init; }

    public EchoMimicVariant Variant { get; init; } = EchoMimicVariant.Full;

    public NetworkPrecision Precision { get; init; } = NetworkPrecision.Fp16;

    /// <summary>The largest side the pack offers; the networks were trained for 768.</summary>
    public int SizePixels { get; init; } = 768;
}
