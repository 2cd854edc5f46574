using RenderFarm.Contracts;
using RenderFarm.Storage;

namespace RenderFarm.Packs;

/// <summary>What a pack sees when a segment is opened.</summary>
public sealed record SegmentContext
{
    /// <summary>Every frame that may be asked for: the segment, its borders and its halo, within the timeline.</summary>
    public required FrameRange Frames { get; init; }

    public required long FrameCount { get; init; }

    public required IPcmTrack Audio { get; init; }

    public required RenderSettings Settings { get; init; }

    public required IObjectStore Store { get; init; }

    /// <summary>Where <see cref="IModelPack.PrepareAsync"/> stored its objects.</summary>
    public required string PackPrefix { get; init; }
}
