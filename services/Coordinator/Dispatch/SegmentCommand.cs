using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;

namespace RenderFarm.Coordinator.Dispatch;

/// <summary>The command for a segment as the ledger has it.</summary>
internal static class SegmentCommand
{
    public static RenderSegment For(JobRow job, SegmentRow segment, IReadOnlyList<string> excludedWorkers, TimeSpan leaseDuration) => new()
    {
        JobId = job.Id,
        SegmentIndex = segment.Index,
        Attempt = segment.Attempt,
        Frames = segment.Frames,
        BorderBefore = segment.BorderBefore,
        BorderAfter = segment.BorderAfter,
        Settings = job.Settings,
        Inputs = job.Inputs ?? throw new InvalidOperationException($"The job {job.Id} is planned and not prepared."),
        OutputPrefix = JobKeys.SegmentPrefix(job.Id, segment.Index, segment.Attempt),
        LeaseDuration = leaseDuration,
        ExcludedWorkers = excludedWorkers,
    };
}
