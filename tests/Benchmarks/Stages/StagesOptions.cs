namespace RenderFarm.Benchmarks.Stages;

/// <summary>What is rendered and how often.</summary>
internal sealed record StagesOptions
{
    public required string Pack { get; init; }

    /// <summary>Length of the lecture; the demo's is repeated until it is that long.</summary>
    public required TimeSpan Length { get; init; }

    public required int SizePixels { get; init; }

    /// <summary>Segments rendered at once in the end-to-end run.</summary>
    public required int Workers { get; init; }

    /// <summary>Times every stage is measured; the stages take turns, so that a disturbance meets all of them.</summary>
    public required int Rounds { get; init; }
}
