namespace RenderFarm.Contracts;

/// <summary>Command. Exactly one worker owns it; a second delivery must be harmless.</summary>
public sealed record RenderSegment
{
    public required Guid JobId { get; init; }

    public required int SegmentIndex { get; init; }

    /// <summary>Fences late results; part of every key this attempt writes.</summary>
    public required int Attempt { get; init; }

    /// <summary>The segment; neighbours share the cuts.</summary>
    public required FrameRange Frames { get; init; }

    /// <summary>Frames around the cut at <c>Frames.First</c>, rendered by both neighbours; empty for the first segment.</summary>
    public required FrameRange BorderBefore { get; init; }

    /// <summary>Frames around the cut at <c>Frames.End</c>; empty for the last segment.</summary>
    public required FrameRange BorderAfter { get; init; }

    public required RenderSettings Settings { get; init; }

    public required PreparedInputs Inputs { get; init; }

    /// <summary>Everything this attempt stores goes below this key prefix, which ends in '/'.</summary>
    public required string OutputPrefix { get; init; }

    /// <summary>The worker must report progress within this time or the segment is given to another.</summary>
    public required TimeSpan LeaseDuration { get; init; }

    /// <summary>
    /// Workers that must not render this segment (they failed it, or failed too much of this job): one that is listed
    /// answers with <see cref="SegmentReturned"/>. The queue is shared, so only the worker itself can tell.
    /// </summary>
    public IReadOnlyList<string> ExcludedWorkers { get; init; } = [];
}
