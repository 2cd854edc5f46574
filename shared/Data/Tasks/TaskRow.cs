namespace RenderFarm.Data.Tasks;

/// <summary>One task of a job.</summary>
public sealed class TaskRow : WorkRow
{
    public TaskKind Kind { get; set; }

    /// <summary>What it made, when done.</summary>
    public string? OutputKey { get; set; }
}
