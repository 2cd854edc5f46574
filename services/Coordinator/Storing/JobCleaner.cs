using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Storing;

/// <summary>Deletes what is not needed any more.</summary>
public sealed class JobCleaner(
    IDbContextFactory<FarmDbContext> contexts, WriteGate gate, JobLedger ledger, IObjectStore store, IOptions<CoordinatorOptions> options, TimeProvider time)
{
    /// <summary>Deletes what an ended job leaves: at once, and again when late workers have surely finished. Then a deleted job goes too.</summary>
    public async Task CleanUpAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        JobRow? job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
        if (job?.CleanUpAt is not DateTimeOffset due || due > time.GetUtcNow())
            return;
        await DeleteObjectsAsync(job, cancellationToken);
        DateTimeOffset lastRound = job.FinishedAt!.Value + options.Value.LingerTime;
        bool isLastRound = time.GetUtcNow() >= lastRound;
        if (isLastRound && job.IsDeleted)
            await ForgetAsync(db, jobId, cancellationToken);
        else
            await ledger.ChangeAsync(jobId, entry => SetNextRound(entry, due, isLastRound ? null : lastRound), cancellationToken);
    }

    /// <summary>The raw frames of a blended border are the largest objects there are; they go as soon as they can.</summary>
    public async Task DropBorderAsync(Guid jobId, int border, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        bool isBlended = await db.Tasks.AnyAsync(
            t => t.JobId == jobId && t.Kind == TaskKind.BlendBorder && t.Index == border && t.State == WorkState.Done, cancellationToken);
        JobRow? job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
        if (!isBlended || job is not { Settings.KeepFrames: false })
            return;
        List<SegmentRow> sides = await db.Segments.AsNoTracking()
            .Where(s => s.JobId == jobId && (s.Index == border || s.Index == border + 1)).ToListAsync(cancellationToken);
        foreach (string? key in (string?[])[sides.Find(s => s.Index == border)?.BorderAfterKey, sides.Find(s => s.Index == border + 1)?.BorderBeforeKey])
        {
            if (key is not null)
                await store.DeleteAsync(key, cancellationToken);
        }
    }

    private async Task ForgetAsync(FarmDbContext db, Guid jobId, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await db.Jobs.Where(j => j.Id == jobId).ExecuteDeleteAsync(cancellationToken);
    }

    private static void SetNextRound(JobEntry entry, DateTimeOffset due, DateTimeOffset? next)
    {
        bool isUnchanged = entry.Job.CleanUpAt == due; // a retry or a deletion may have come between
        if (isUnchanged)
            entry.Job.CleanUpAt = next;
    }

    private async Task DeleteObjectsAsync(JobRow job, CancellationToken cancellationToken)
    {
        string prefix = JobKeys.Prefix(job.Id);
        switch (job.State)
        {
            case JobState.Completed when job.IsDeleted:
            case JobState.Cancelled:
            case JobState.Failed when job.IsWithdrawn || job.IsDeleted:
            case JobState.NeedsAttention when job.IsDeleted:
                await store.DeletePrefixAsync(prefix, cancellationToken);
                break;
            case JobState.Failed: // may be retried with the same inputs
                await store.DeletePrefixAsync(JobKeys.PreparedPrefix(job.Id), cancellationToken);
                break;
            case JobState.Completed when !job.Settings.KeepFrames:
                await DeleteAllButOutputAsync(job, prefix, cancellationToken);
                break;
            default:
                break;
        }
    }

    private async Task DeleteAllButOutputAsync(JobRow job, string prefix, CancellationToken cancellationToken)
    {
        await foreach (ObjectInfo found in store.ListAsync(prefix, cancellationToken))
        {
            if (found.Key != job.OutputKey)
                await store.DeleteAsync(found.Key, cancellationToken);
        }
    }
}
