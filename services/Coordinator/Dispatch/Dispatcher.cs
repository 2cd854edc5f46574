using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Failures;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Dispatch;

/// <summary>Sends what may be sent, as far as the windows have room. The ledger is written first: a command that is then not sent comes back.</summary>
public sealed partial class Dispatcher(
    IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, WorkClaim claim, IMessageBus bus,
    IOptions<CoordinatorOptions> options, TimeProvider time, ILogger<Dispatcher> log)
{
    private static readonly TaskKind[] s_finishersFirst = [TaskKind.MuxVideo, TaskKind.Prepare, TaskKind.EncodeAudio, TaskKind.BlendBorder];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (TaskKind kind in s_finishersFirst)
            await SendTasksAsync(kind, cancellationToken);
        await SendSegmentsAsync(cancellationToken);
    }

    private async Task SendTasksAsync(TaskKind kind, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int inFlight = await db.Tasks.CountAsync(t => t.State == WorkState.InFlight && t.Kind == kind, cancellationToken);
        var ready = await db.Tasks
            .Where(t => t.State == WorkState.Waiting && t.Kind == kind && t.NotBefore <= now)
            .OrderBy(t => t.NotBefore)
            .Take(Math.Max(0, options.Value.TaskWindow - inFlight))
            .Select(t => new { t.JobId, t.Index })
            .ToListAsync(cancellationToken);
        foreach (var task in ready)
            await SendAsync(task.JobId, entry => claim.TaskAsync(entry, kind, task.Index, cancellationToken), cancellationToken);
    }

    private async Task SendSegmentsAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> exhausted = []; // all they have waits for a back-off
        while (true)
        {
            (List<JobDemand> demands, int inFlight) = await ReadDemandsAsync(exhausted, cancellationToken);
            int free = options.Value.SegmentWindow - inFlight;
            IReadOnlyList<(Guid JobId, int Count)> shares = DispatchDecision.Share(demands, free);
            if (shares.Count == 0)
                return;
            foreach ((Guid jobId, int count) in shares)
            {
                int sent = await SendAsync(jobId, entry => claim.SegmentsAsync(entry, count, cancellationToken), cancellationToken);
                if (sent < count)
                    exhausted.Add(jobId);
            }
        }
    }

    private async Task<(List<JobDemand> Demands, int InFlight)> ReadDemandsAsync(HashSet<Guid> exhausted, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs
            .Where(j => j.State == JobState.Rendering)
            .Select(j => new { j.Id, j.Priority, j.InFlightSegments, j.WaitingSegments, j.RenderedSegments, j.OpeningSegments, j.CreatedAt })
            .ToListAsync(cancellationToken);
        List<JobDemand> demands =
        [
            .. from job in jobs
               where job.WaitingSegments > 0 && !exhausted.Contains(job.Id)
               select new JobDemand
               {
                   JobId = job.Id,
                   Priority = job.Priority,
                   InFlight = job.InFlightSegments,
                   Waiting = job.WaitingSegments,
                   OpeningLeft = job.OpeningSegments - job.RenderedSegments - job.InFlightSegments,
                   CreatedAt = job.CreatedAt,
               },
        ];
        return (demands, jobs.Sum(j => j.InFlightSegments));
    }

    /// <summary>Claims in one transaction, then sends. What the bus does not take is released again.</summary>
    private async Task<int> SendAsync(Guid jobId, Func<JobEntry, Task<IReadOnlyList<ClaimedWork>>> claimAsync, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClaimedWork> claimed = [];
        await ledger.ChangeAsync(jobId, async entry => claimed = await claimAsync(entry), cancellationToken);
        foreach (ClaimedWork work in claimed)
        {
            try
            {
                await work.SendAsync(bus, cancellationToken);
            }
            catch (TransientException e)
            {
                NotSent(log, jobId, e.Message);
                await ledger.ChangeAsync(jobId, entry => claim.ReleaseAsync(entry, work, cancellationToken), cancellationToken);
            }
        }

        return claimed.Count;
    }

    [LoggerMessage(LogLevel.Warning, "A command for {JobId} could not be sent: {Reason}")]
    private static partial void NotSent(ILogger log, Guid jobId, string reason);
}
