using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Ledger;

/// <summary>
/// One job inside the transaction that has it to itself. State changes go through here because the job's counts move with
/// them. What is said to others is collected and leaves after the commit.
/// </summary>
public sealed class JobEntry(FarmDbContext db, JobRow job, DateTimeOffset now)
{
    private readonly List<Func<IMessageBus, CancellationToken, Task>> messages = [];
    private readonly List<WorkItem> work = [];

    public FarmDbContext Db => db;

    public JobRow Job => job;

    /// <summary>The time of the transaction.</summary>
    public DateTimeOffset Now => now;

    internal IReadOnlyList<Func<IMessageBus, CancellationToken, Task>> Messages => messages;

    internal IReadOnlyList<WorkItem> Work => work;

    public void Publish<TEvent>(TEvent message)
        where TEvent : class =>
        messages.Add((bus, cancellationToken) => bus.PublishAsync(message, cancellationToken));

    public void Enqueue(WorkKind kind, int index = 0) => work.Add(new(kind, job.Id, index));

    /// <summary>Asks for a dispatch: something may be sent that could not be before.</summary>
    public void EnqueueDispatch() => work.Add(new(WorkKind.Dispatch));

    public Task<SegmentRow?> FindSegmentAsync(int index, CancellationToken cancellationToken) =>
        db.Segments.FirstOrDefaultAsync(s => s.JobId == job.Id && s.Index == index, cancellationToken);

    public Task<TaskRow?> FindTaskAsync(TaskKind kind, int index, CancellationToken cancellationToken) =>
        db.Tasks.FirstOrDefaultAsync(t => t.JobId == job.Id && t.Kind == kind && t.Index == index, cancellationToken);

    public void Add(SegmentRow segment)
    {
        db.Add(segment);
        Count(segment, 1);
    }

    public void Add(TaskRow task)
    {
        db.Add(task);
        Count(task, 1);
    }

    public void Move(SegmentRow segment, WorkState state)
    {
        Count(segment, -1);
        segment.State = state;
        Count(segment, 1);
        if (state == WorkState.InFlight)
        {
            segment.WorkerId = null;
            segment.Stage = SegmentStage.Fetching;
        }

        segment.Fraction = 0;
        segment.LeaseUntil = null;
    }

    public void Move(TaskRow task, WorkState state)
    {
        Count(task, -1);
        task.State = state;
        Count(task, 1);
        task.LeaseUntil = null;
    }

    /// <summary>The surroundings failed. If they go on failing, perhaps something that the work reads is gone.</summary>
    public void CountSetback(WorkRow work)
    {
        work.Setbacks++;
        if (work.Setbacks % FailurePolicy.SetbacksPerCheck == 0)
            Enqueue(WorkKind.CheckObjects);
    }

    /// <summary>Ends the job; nobody has anything to do for it any more.</summary>
    public async Task EndAsync(JobState state, string? error, CancellationToken cancellationToken)
    {
        job.State = state;
        job.Error = error;
        job.FinishedAt = now;
        if (state == JobState.NeedsAttention)
            return; // everything stays for the retry
        job.CleanUpAt = now;
        Enqueue(WorkKind.CleanUp);
        if (state == JobState.Completed)
            return;
        foreach (SegmentRow segment in await db.Segments.Where(s => s.JobId == job.Id).ToListAsync(cancellationToken))
        {
            if (IsOpen(segment))
                Move(segment, WorkState.Cancelled);
        }

        foreach (TaskRow task in await db.Tasks.Where(t => t.JobId == job.Id).ToListAsync(cancellationToken))
        {
            if (IsOpen(task))
                Move(task, WorkState.Cancelled);
        }
    }

    /// <summary>Ends the job and tells everyone who may be working for it.</summary>
    public async Task WithdrawAsync(JobState state, string? error, CancellationToken cancellationToken)
    {
        await EndAsync(state, error, cancellationToken);
        job.IsWithdrawn = true;
        Publish(new JobCancelled { JobId = job.Id });
    }

    /// <summary>Takes the step that the counts allow, if any.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        switch (JobOutcome.Decide(JobCounts.Of(job)))
        {
            case JobStep.Join:
                job.State = JobState.Muxing;
                Enqueue(WorkKind.ListChunks);
                break;
            case JobStep.AskForAttention:
                await EndAsync(JobState.NeedsAttention, await DescribeFailuresAsync(cancellationToken), cancellationToken);
                break;
            case JobStep.GoOn:
            default:
                break;
        }
    }

    // Rows are looked at as this transaction has already changed them, not as the database still has them.
    private static bool IsOpen(WorkRow row) => row.State is WorkState.Blocked or WorkState.Waiting or WorkState.InFlight;

    private async Task<string> DescribeFailuresAsync(CancellationToken cancellationToken)
    {
        // The change tracker knows the newest failure, the database the others.
        string? last = db.ChangeTracker.Entries<WorkRow>().Select(e => e.Entity).LastOrDefault(r => r.State == WorkState.Failed)?.Sentence
            ?? await db.Segments.Where(s => s.JobId == job.Id && s.State == WorkState.Failed).Select(s => s.Sentence).FirstOrDefaultAsync(cancellationToken)
            ?? await db.Tasks.Where(t => t.JobId == job.Id && t.State == WorkState.Failed).Select(t => t.Sentence).FirstOrDefaultAsync(cancellationToken);
        return FailureSentence.ForJob(job.FailedSegments, job.SegmentCount, job.FailedTasks, last);
    }

    private void Count(SegmentRow segment, int change)
    {
        switch (segment.State)
        {
            case WorkState.Waiting:
                job.WaitingSegments += change;
                break;
            case WorkState.InFlight:
                job.InFlightSegments += change;
                break;
            case WorkState.Done:
                job.RenderedSegments += change;
                job.RenderedFrames += change * segment.Frames.Count;
                break;
            case WorkState.Failed:
                job.FailedSegments += change;
                break;
            default:
                break;
        }
    }

    private void Count(TaskRow task, int change)
    {
        switch (task.State)
        {
            case WorkState.Waiting or WorkState.InFlight:
                job.OpenTasks += change;
                break;
            case WorkState.Failed:
                job.FailedTasks += change;
                break;
            case WorkState.Done when task.Kind == TaskKind.BlendBorder:
                job.BlendedBorders += change;
                break;
            default:
                break;
        }
    }
}
