using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Sweeping;

/// <summary>
/// Finds in the ledger what should have happened and has not: overdue leases, jobs that wait for background work that got
/// lost. Together with the dispatch it is all that a crashed coordinator needs to go on.
/// </summary>
public sealed partial class Sweeper(
    IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, IBackgroundWork background, IOptions<CoordinatorOptions> options,
    TimeProvider time, ILogger<Sweeper> log)
{
    /// <summary>Rows taken back at once; the rest waits for the next sweep.</summary>
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach ((Guid jobId, int index) in await FindLostSegmentsAsync(db, now, cancellationToken))
            await ledger.ChangeAsync(jobId, entry => TakeSegmentBackAsync(entry, index, cancellationToken), cancellationToken);
        var lostTasks = await db.Tasks
            .Where(t => t.State == WorkState.InFlight && t.LeaseUntil < now)
            .OrderBy(t => t.LeaseUntil).Take(Batch).Select(t => new { t.JobId, t.Kind, t.Index }).ToListAsync(cancellationToken);
        foreach (var task in lostTasks)
            await ledger.ChangeAsync(task.JobId, entry => TakeTaskBackAsync(entry, task.Kind, task.Index, cancellationToken), cancellationToken);

        await EnqueueForJobsAsync(db, WorkKind.PlanJob, j => j.State == JobState.Preparing && j.Inputs != null && j.SegmentCount == 0, cancellationToken);
        await EnqueueForJobsAsync(db, WorkKind.ListChunks, j => j.State == JobState.Muxing && j.OpenTasks == 0, cancellationToken);
        await EnqueueForJobsAsync(db, WorkKind.CleanUp, j => j.CleanUpAt <= now, cancellationToken);
        background.Enqueue(new(WorkKind.Dispatch));
    }

    /// <summary>Those that are begun have a lease; those that are not yet begun wait on the queue, or do not.</summary>
    private async Task<List<(Guid JobId, int Index)>> FindLostSegmentsAsync(FarmDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IQueryable<SegmentRow> inFlight = db.Segments.AsNoTracking().Where(s => s.State == WorkState.InFlight);
        DateTimeOffset? latestBegun = await inFlight.Where(s => s.WorkerId != null).OrderByDescending(s => s.SentAt).Select(s => s.SentAt)
            .FirstOrDefaultAsync(cancellationToken);
        // The windows bound how many these are.
        var suspects = await inFlight.Where(s => s.WorkerId == null || s.LeaseUntil < now)
            .Select(s => new { s.JobId, s.Index, s.WorkerId, s.SentAt }).ToListAsync(cancellationToken);
        return
        [
            .. from suspect in suspects
               where suspect.WorkerId is not null || QueueLoss.IsLost(suspect.SentAt!.Value, latestBegun, now, options.Value)
               select (suspect.JobId, suspect.Index),
        ];
    }

    private async Task EnqueueForJobsAsync(
        FarmDbContext db, WorkKind kind, System.Linq.Expressions.Expression<Func<JobRow, bool>> needsIt, CancellationToken cancellationToken)
    {
        foreach (Guid jobId in await db.Jobs.Where(needsIt).Select(j => j.Id).ToListAsync(cancellationToken))
            background.Enqueue(new(kind, jobId));
    }

    private async Task TakeSegmentBackAsync(JobEntry entry, int index, CancellationToken cancellationToken)
    {
        if (await entry.FindSegmentAsync(index, cancellationToken) is not { State: WorkState.InFlight } segment)
            return;
        if (segment.WorkerId is not null && segment.LeaseUntil >= entry.Now)
            return; // a report came between
        SegmentLost(log, index, entry.Job.Id, segment.WorkerId);
        if (segment.WorkerId is string worker)
            segment.LostOn = [.. segment.LostOn.Append(worker).Distinct(StringComparer.Ordinal)];
        FailureVerdict verdict = FailurePolicy.AfterLostLease(segment.LostOn.Count, segment.Setbacks, options.Value);
        segment.Setbacks++;
        segment.NotBefore = entry.Now + verdict.Delay;
        if (verdict.Action == FailureAction.GiveUp)
            segment.Sentence = FailureSentence.LostWorkers(segment.LostOn.Count);
        entry.Move(segment, verdict.Action == FailureAction.GiveUp ? WorkState.Failed : WorkState.Waiting);
    }

    private async Task TakeTaskBackAsync(JobEntry entry, TaskKind kind, int index, CancellationToken cancellationToken)
    {
        if (await entry.FindTaskAsync(kind, index, cancellationToken) is not { State: WorkState.InFlight } task || task.LeaseUntil >= entry.Now)
            return;
        TaskLost(log, kind, index, entry.Job.Id);
        FailureVerdict verdict = FailurePolicy.AfterLostLease(lostOn: 0, task.Setbacks, options.Value);
        task.Setbacks++;
        task.NotBefore = entry.Now + verdict.Delay;
        entry.Move(task, WorkState.Waiting);
    }

    [LoggerMessage(LogLevel.Warning, "Segment {SegmentIndex} of {JobId} was lost on {WorkerId}")]
    private static partial void SegmentLost(ILogger log, int segmentIndex, Guid jobId, string? workerId);

    [LoggerMessage(LogLevel.Warning, "{Task} {Index} of {JobId} was lost")]
    private static partial void TaskLost(ILogger log, TaskKind task, int index, Guid jobId);
}
