using RenderFarm.Contracts;
using RenderFarm.Imaging;
using RenderFarm.Storage;

namespace RenderFarm.Packs;

/// <summary>What a pack sees when a job is prepared.</summary>
public sealed record PrepareContext
{
    /// <summary>The portrait, upright, as large as it came (at most 8192 pixels a side).</summary>
    public required RgbImage Portrait { get; init; }

    public required IPcmTrack Audio { get; init; }

    public required long FrameCount { get; init; }

    public required RenderSettings Settings { get; init; }

    public required IObjectStore Store { get; init; }

    /// <summary>What the pack stores goes below this prefix, which ends in '/'.</summary>
    public required string PackPrefix { get; init; }
}
