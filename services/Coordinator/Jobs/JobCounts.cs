using RenderFarm.Contracts;
using RenderFarm.Data.Jobs;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>What is left of a job, as numbers.</summary>
public readonly record struct JobCounts
{
    public required JobState State { get; init; }

    public required int Segments { get; init; }

    public required int RenderedSegments { get; init; }

    /// <summary>Waiting or in flight.</summary>
    public required int OpenSegments { get; init; }

    public required int FailedSegments { get; init; }

    public required int Borders { get; init; }

    public required int BlendedBorders { get; init; }

    /// <summary>Waiting or in flight.</summary>
    public required int OpenTasks { get; init; }

    public required int FailedTasks { get; init; }

    public static JobCounts Of(JobRow job) => new()
    {
        State = job.State,
        Segments = job.SegmentCount,
        RenderedSegments = job.RenderedSegments,
        OpenSegments = job.WaitingSegments + job.InFlightSegments,
        FailedSegments = job.FailedSegments,
        Borders = job.BorderCount,
        BlendedBorders = job.BlendedBorders,
        OpenTasks = job.OpenTasks,
        FailedTasks = job.FailedTasks,
    };
}
