namespace RenderFarm.Data.Workers;

/// <summary>How one worker does on one job.</summary>
public sealed class JobWorkerRow
{
    public Guid JobId { get; set; }

    public required string WorkerId { get; set; }

    /// <summary>The different segments of this job it has failed since it last rendered one.</summary>
    public required IReadOnlyList<int> FailedInARow { get; set; }

    /// <summary>It gets no more of this job.</summary>
    public bool IsBanned { get; set; }
}
