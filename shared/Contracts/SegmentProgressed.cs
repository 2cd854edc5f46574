namespace RenderFarm.Contracts;

/// <summary>Event. A worker is at work on a segment; renews its lease.</summary>
public sealed record SegmentProgressed
{
    public required Guid JobId { get; init; }

    public required int SegmentIndex { get; init; }

    public required int Attempt { get; init; }

    public required string WorkerId { get; init; }

    public required SegmentStage Stage { get; init; }

    /// <summary>Share of the segment that is done, 0 to 1, all stages together.</summary>
    public required double Fraction { get; init; }
}
