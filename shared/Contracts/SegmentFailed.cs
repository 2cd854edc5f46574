namespace RenderFarm.Contracts;

/// <summary>Event. This attempt at a segment has ended without a result.</summary>
public sealed record SegmentFailed
{
    public required Guid JobId { get; init; }

    public required int SegmentIndex { get; init; }

    public required int Attempt { get; init; }

    public required string WorkerId { get; init; }

    public required FailureKind Kind { get; init; }

    /// <summary>One sentence for the user.</summary>
    public required string Sentence { get; init; }
}
