using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Farm.Progress;
using RenderFarm.Timeline;

namespace RenderFarm.Farm.Rendering;

/// <summary>Turns what the coordinator says about a job into events for whoever watches. Pure.</summary>
internal static class SnapshotEvents
{
    public static RenderProgressed Progress(JobSnapshot job) => new()
    {
        Stage = job.State switch
        {
            JobState.Created or JobState.Preparing => "preparing",
            JobState.Rendering => "rendering",
            _ => "joining",
        },
        Frames = job.FrameCount,
        FramesDone = job.FramesDone,
        FramesPerSecond = job.FramesPerSecond,
        SecondsLeft = job.TimeLeft?.Expected.TotalSeconds,
        SecondsLeftAtLeast = job.TimeLeft?.AtLeast.TotalSeconds,
        SecondsLeftAtMost = job.TimeLeft?.AtMost.TotalSeconds,
        Segments = job.Segments.Count,
        SegmentsRendered = job.Segments.Rendered,
        SegmentsFailed = job.Segments.Failed,
        Workers =
        [
            .. job.Workers.OrderBy(worker => worker.WorkerId, StringComparer.Ordinal).Select(worker => new WorkerProgress
            {
                Worker = worker.WorkerId,
                Segment = worker.SegmentIndex,
                Stage = worker.Stage.ToString().ToLowerInvariant(),
                Fraction = worker.Fraction,
            }),
        ],
    };

    public static RenderPlanned Planned(JobSnapshot job, FrameRate rate) => new()
    {
        Frames = job.FrameCount,
        VideoSeconds = (double)rate.SecondsAt(job.FrameCount),
        Segments = job.Segments.Count,
        SegmentsReused = job.Segments.Reused,
    };

    /// <param name="elapsed">Time of this run.</param>
    public static RenderCompleted Completed(JobSnapshot job, FrameRate rate, string output, TimeSpan elapsed, string? keptFrames)
    {
        double videoSeconds = (double)rate.SecondsAt(job.FrameCount);
        double ownShare = job.Segments.Count == 0 ? 1 : 1 - ((double)job.Segments.Reused / job.Segments.Count);
        return new()
        {
            Out = output,
            SizeBytes = job.OutputSizeBytes ?? 0,
            Frames = job.FrameCount,
            VideoSeconds = videoSeconds,
            ElapsedSeconds = elapsed.TotalSeconds,
            TimesRealTime = videoSeconds * ownShare / Math.Max(elapsed.TotalSeconds, 1e-3),
            KeptFrames = keptFrames,
        };
    }
}
