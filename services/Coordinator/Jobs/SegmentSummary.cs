namespace RenderFarm.Coordinator.Jobs;

/// <summary>The segments of a job.</summary>
public sealed record SegmentSummary
{
    /// <summary>0 until the job is planned.</summary>
    public required int Count { get; init; }

    public required int Rendered { get; init; }

    public required int InFlight { get; init; }

    public required int Failed { get; init; }

    /// <summary>Found rendered when the coordinator last started: what a resumed job did not have to do again.</summary>
    public required int Reused { get; init; }

    /// <summary>
    /// The timeline in at most 256 cells of equally many segments each, one letter a cell: '#' rendered, '!' something
    /// failed for good, '+' something is being rendered, '.' waiting.
    /// </summary>
    public required string Map { get; init; }
}
