namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>What a denoiser is opened for.</summary>
public sealed record DenoiserSettings
{
    public required LatentSize Size { get; init; }

    /// <summary>Frames of every window, at most 32: the network has no more temporal positions.</summary>
    public required int WindowFrames { get; init; }

    /// <summary>How far to go from the unconditional prediction through the conditional one; 1 and less: no unconditional evaluation at all.</summary>
    public float Guidance { get; init; } = 1;

    public bool HasGuidance => Guidance > 1;
}
