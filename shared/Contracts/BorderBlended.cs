namespace RenderFarm.Contracts;

/// <summary>Event. The border is encoded; says how far apart the two renderings were.</summary>
public sealed record BorderBlended
{
    public required Guid JobId { get; init; }

    public required int BorderIndex { get; init; }

    public required int Attempt { get; init; }

    public required string OutputKey { get; init; }

    /// <summary>Largest difference of a channel between the two renderings, 0 to 255; 0 means equal bits.</summary>
    public required int MaxDifference { get; init; }

    /// <summary>Mean absolute difference over all channels, 0 to 255.</summary>
    public required double MeanDifference { get; init; }
}
