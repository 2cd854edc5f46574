using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Tasks;
using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Jobs;

/// <inheritdoc cref="IJobService"/>
internal sealed class JobService(
    IDbContextFactory<FarmDbContext> contexts, WriteGate gate, JobLedger ledger, LedgerTrouble trouble, SnapshotReader snapshots, IBackgroundWork background,
    JobChanges changes, TimeProvider time) : IJobService
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(0.1);

    public async Task<JobSnapshot> SubmitAsync(JobRequest request, CancellationToken cancellationToken)
    {
        JobRequestCheck.Validate(request);
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Jobs.AnyAsync(j => j.Id == request.JobId, cancellationToken))
            await AddAsync(db, request, cancellationToken);
        background.Enqueue(new(WorkKind.Dispatch));
        return await GetAsync(request.JobId, cancellationToken)
            ?? throw new PermanentException($"A job with the id {request.JobId} has been deleted; submit it under another id.");
    }

    public Task<JobSnapshot?> GetAsync(Guid jobId, CancellationToken cancellationToken) => snapshots.ReadAsync(jobId, cancellationToken);

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(Guid jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using JobChanges.Subscription subscription = changes.Subscribe(jobId);
        while (true)
        {
            if (trouble.Current is PermanentException failure)
                throw new PermanentException(failure.Message, failure);
            JobSnapshot snapshot = await GetAsync(jobId, cancellationToken) ?? throw Unknown(jobId);
            yield return snapshot;
            if (snapshot.HasEnded)
                yield break;
            await Task.Delay(s_shortestPause, time, cancellationToken);
            await subscription.WaitAsync(s_longestPause, time, cancellationToken);
        }
    }

    public async Task CancelAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await ChangeKnownAsync(
            jobId,
            async entry =>
            {
                if (!HasEnded(entry.Job.State))
                    await entry.WithdrawAsync(JobState.Cancelled, error: null, cancellationToken);
            },
            cancellationToken);
    }

    public async Task RetryFailedAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await ChangeKnownAsync(jobId, entry => JobRetry.RestartAsync(entry, cancellationToken), cancellationToken);
        background.Enqueue(new(WorkKind.CheckObjects, jobId));
    }

    public async Task DeleteAsync(Guid jobId, CancellationToken cancellationToken) =>
        await ledger.ChangeAsync(
            jobId,
            async entry =>
            {
                if (!HasEnded(entry.Job.State))
                    await entry.WithdrawAsync(JobState.Cancelled, error: null, cancellationToken);
                entry.Job.IsDeleted = true;
                entry.Job.CleanUpAt = entry.Now;
                entry.Enqueue(WorkKind.CleanUp);
            },
            cancellationToken);

    private async Task AddAsync(FarmDbContext db, JobRequest request, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        db.Add(new JobRow
        {
            Id = request.JobId,
            Title = request.Labels.Title,
            Generator = request.Labels.Generator,
            State = JobState.Created,
            Priority = request.Priority,
            AudioKey = request.AudioKey,
            PortraitKey = request.PortraitKey,
            Settings = request.Settings,
            SegmentLength = request.SegmentLength,
            Warnings = [],
            OpenTasks = 1,
            CreatedAt = now,
        });
        db.Add(new TaskRow { JobId = request.JobId, Kind = TaskKind.Prepare, State = WorkState.Waiting, NotBefore = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e)
        {
            await using FarmDbContext other = await contexts.CreateDbContextAsync(cancellationToken);
            bool cameInBetween = await other.Jobs.AnyAsync(j => j.Id == request.JobId, cancellationToken);
            if (!cameInBetween)
                throw ledger.Translate(e);
        }
    }

    private async Task ChangeKnownAsync(Guid jobId, Func<JobEntry, Task> change, CancellationToken cancellationToken)
    {
        bool isKnown = await ledger.ChangeAsync(jobId, entry => entry.Job.IsDeleted ? throw Unknown(jobId) : change(entry), cancellationToken);
        if (!isKnown)
            throw Unknown(jobId);
    }

    private static bool HasEnded(JobState state) =>
        state is JobState.Completed or JobState.NeedsAttention or JobState.Failed or JobState.Cancelled;

    private static PermanentException Unknown(Guid jobId) => new($"There is no job {jobId}.");
}
