using RenderFarm.Contracts;

namespace RenderFarm.Data.Jobs;

/// <summary>One job. The counts are sums over its segments and tasks, kept in the transactions that change those.</summary>
public sealed class JobRow
{
    public Guid Id { get; set; }

    public required string Title { get; set; }

    /// <summary>Model pack and version, for the labels of the video.</summary>
    public required string Generator { get; set; }

    public JobState State { get; set; }

    public int Priority { get; set; }

    public required string AudioKey { get; set; }

    public required string PortraitKey { get; set; }

    public required RenderSettings Settings { get; set; }

    public TimeSpan? SegmentLength { get; set; }

    /// <summary>Set when the job is prepared.</summary>
    public PreparedInputs? Inputs { get; set; }

    public required IReadOnlyList<string> Warnings { get; set; }

    public string? Error { get; set; }

    /// <summary>Nobody works for it any more and workers were told so: it cannot be retried under this id.</summary>
    public bool IsWithdrawn { get; set; }

    public long FrameCount { get; set; }

    public long RenderedFrames { get; set; }

    public int SegmentCount { get; set; }

    /// <summary>How many of the first segments are its opening, which is rendered with more of the farm.</summary>
    public int OpeningSegments { get; set; }

    public int WaitingSegments { get; set; }

    public int InFlightSegments { get; set; }

    public int RenderedSegments { get; set; }

    public int FailedSegments { get; set; }

    /// <summary>Rendered when the coordinator last started.</summary>
    public int ReusedSegments { get; set; }

    public int BorderCount { get; set; }

    /// <summary>Tasks that are waiting or in flight.</summary>
    public int OpenTasks { get; set; }

    public int FailedTasks { get; set; }

    public int BlendedBorders { get; set; }

    public string? OutputKey { get; set; }

    public long? OutputSizeBytes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When to delete its intermediate objects; null when there is nothing to delete.</summary>
    public DateTimeOffset? CleanUpAt { get; set; }

    /// <summary>Forgotten by its owner; the row goes with the last of its objects.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Concurrency token; raised first in every transaction on the job, which also makes them wait for each other.</summary>
    public long Revision { get; set; }
}
