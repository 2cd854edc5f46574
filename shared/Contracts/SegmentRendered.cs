namespace RenderFarm.Contracts;

/// <summary>Event. All objects of the segment are in the store.</summary>
public sealed record SegmentRendered
{
    public required Guid JobId { get; init; }

    public required int SegmentIndex { get; init; }

    public required int Attempt { get; init; }

    public required string WorkerId { get; init; }

    /// <summary>The encoded frames without the borders; null when the borders leave nothing between them.</summary>
    public required string? InteriorKey { get; init; }

    /// <summary>Raw RGB24 frames of the border before, top row first; null for the first segment.</summary>
    public required string? BorderBeforeKey { get; init; }

    /// <summary>Raw RGB24 frames of the border after; null for the last segment.</summary>
    public required string? BorderAfterKey { get; init; }

    /// <summary>Every frame of the segment, lossless, each once over the timeline; null unless the job keeps its frames.</summary>
    public string? FramesKey { get; init; }

    public required TimeSpan DenoiseTime { get; init; }

    public required TimeSpan DecodeTime { get; init; }

    public required TimeSpan TotalTime { get; init; }
}
