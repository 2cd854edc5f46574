namespace RenderFarm.Data.Workers;

/// <summary>How one worker does on one job.</summary>
public sealed class JobWorkerRow
{
    public Guid JobId { get; set; }

    public required string WorkerId { get; set; }

    /// <summary>Different segments of this job it has failed one after the other, since it last rendered one.</summary>
    public int FailuresInARow { get; set; }

    /// <summary>The last of them.</summary>
    public int? LastFailedSegment { get; set; }

    /// <summary>It gets no more of this job.</summary>
    public bool IsBanned { get; set; }
}
