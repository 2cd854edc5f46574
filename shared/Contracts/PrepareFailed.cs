namespace RenderFarm.Contracts;

/// <summary>Event. The preparation did not succeed.</summary>
public sealed record PrepareFailed
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    public required FailureKind Kind { get; init; }

    /// <summary>One sentence for the user.</summary>
    public required string Sentence { get; init; }
}
