namespace RenderFarm.Contracts;

/// <summary>
/// Event. A worker hands a segment back unfinished, because it shuts down or because the command excludes it.
/// Costs the segment nothing; another worker gets it at once.
/// </summary>
public sealed record SegmentReturned
{
    public required Guid JobId { get; init; }

    public required int SegmentIndex { get; init; }

    public required int Attempt { get; init; }

    public required string WorkerId { get; init; }
}
