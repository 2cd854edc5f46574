using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>
/// Gives what failed for good a new chance, with no memory of what went wrong. A job whose workers were told to stop stays
/// ended: they would ignore it under its id.
/// </summary>
internal static class JobRetry
{
    public static async Task RestartAsync(JobEntry entry, CancellationToken cancellationToken)
    {
        JobRow job = entry.Job;
        bool mayRestart = job.State is JobState.NeedsAttention or JobState.Failed && !job.IsWithdrawn;
        if (!mayRestart)
            return;
        foreach (SegmentRow segment in await entry.Db.Segments.Where(s => s.JobId == job.Id && s.State == WorkState.Failed).ToListAsync(cancellationToken))
        {
            Reset(entry, segment);
            (segment.FailedOn, segment.LostOn, segment.Returns) = ([], [], 0);
            entry.Move(segment, WorkState.Waiting);
        }

        foreach (TaskRow task in await entry.Db.Tasks.Where(t => t.JobId == job.Id && t.State == WorkState.Failed).ToListAsync(cancellationToken))
        {
            Reset(entry, task);
            // The list of chunks is written again first.
            entry.Move(task, task.Kind == TaskKind.MuxVideo ? WorkState.Blocked : WorkState.Waiting);
        }

        await entry.Db.JobWorkers.Where(w => w.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
        job.State = job.SegmentCount > 0 ? JobState.Rendering : JobState.Created;
        (job.Error, job.FinishedAt, job.CleanUpAt) = (null, null, null);
        entry.EnqueueDispatch();
    }

    private static void Reset(JobEntry entry, WorkRow work)
    {
        (work.Failures, work.Setbacks, work.Sentence) = (0, 0, null);
        work.NotBefore = entry.Now;
    }
}
