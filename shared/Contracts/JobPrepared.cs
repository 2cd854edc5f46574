namespace RenderFarm.Contracts;

/// <summary>Event. The inputs are sound and everything the segments share is in the store.</summary>
public sealed record JobPrepared
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    public required PreparedInputs Inputs { get; init; }

    /// <summary>Sentences for the user, for example that the largest of several faces was used.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
