namespace RenderFarm.Contracts;

/// <summary>Event. A stitcher could not do one of its three tasks.</summary>
public sealed record StitchFailed
{
    public required Guid JobId { get; init; }

    public required StitchTask Task { get; init; }

    /// <summary>The border for <see cref="StitchTask.BlendBorder"/>, otherwise 0.</summary>
    public required int Index { get; init; }

    public required int Attempt { get; init; }

    public required FailureKind Kind { get; init; }

    /// <summary>One sentence for the user.</summary>
    public required string Sentence { get; init; }
}
