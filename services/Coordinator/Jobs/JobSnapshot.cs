using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>A job at one moment, of bounded size however long the lecture is.</summary>
public sealed record JobSnapshot
{
    public required Guid JobId { get; init; }

    public required string Title { get; init; }

    public required JobState State { get; init; }

    /// <summary>Frames of the video; 0 until the job is prepared.</summary>
    public required long FrameCount { get; init; }

    /// <summary>Frames rendered, counting the share that is done of segments being rendered.</summary>
    public required double FramesDone { get; init; }

    /// <summary>Over the last minute; null before there is anything to measure.</summary>
    public required double? FramesPerSecond { get; init; }

    /// <summary>Null before there is anything to measure and after the end.</summary>
    public required TimeLeft? TimeLeft { get; init; }

    public required SegmentSummary Segments { get; init; }

    public required BorderSummary Borders { get; init; }

    /// <summary>Workers that are rendering this job now, by id.</summary>
    public required IReadOnlyList<WorkerActivity> Workers { get; init; }

    /// <summary>Sentences about the inputs, for example that the largest of several faces was used.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Why the job failed or needs attention, as a sentence for the user.</summary>
    public required string? Error { get; init; }

    /// <summary>The finished video.</summary>
    public required string? OutputKey { get; init; }

    public required long? OutputSizeBytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Nothing will change any more unless somebody asks for a retry.</summary>
    public bool HasEnded => State is JobState.Completed or JobState.NeedsAttention or JobState.Failed or JobState.Cancelled;
}
