namespace RenderFarm.Coordinator.Jobs;

/// <summary>How well neighbours agreed on the frames both rendered.</summary>
public sealed record BorderSummary
{
    public required int Count { get; init; }

    public required int Blended { get; init; }

    /// <summary>Borders whose two renderings had different bits.</summary>
    public required int Unequal { get; init; }

    /// <summary>Largest difference of a channel at any border, 0 to 255; more than 1 is an alarm.</summary>
    public required int MaxDifference { get; init; }

    /// <summary>Mean of the borders' mean absolute differences, 0 to 255.</summary>
    public required double MeanDifference { get; init; }
}
