namespace RenderFarm.Data.Tasks;

/// <summary>One task of a job.</summary>
public sealed class TaskRow : WorkRow
{
    public TaskKind Kind { get; set; }

    /// <summary>What it made, when done.</summary>
    public string? OutputKey { get; set; }

    /// <summary>Of a blended border: largest difference of a channel between its two renderings, 0 to 255.</summary>
    public int MaxDifference { get; set; }

    /// <summary>Of a blended border: mean absolute difference, 0 to 255.</summary>
    public double MeanDifference { get; set; }
}
