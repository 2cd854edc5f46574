using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Starting;

/// <summary>
/// Before anything else runs: brings the database up to date and continues the jobs that are under way. Rendered segments
/// stay rendered.
/// </summary>
public sealed partial class CoordinatorStart(
    DatabaseSetup database, IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, IBackgroundWork background,
    IOptions<CoordinatorOptions> options, ILogger<CoordinatorStart> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (options.Value.OwnsWorkers)
            await db.Workers.ExecuteDeleteAsync(cancellationToken); // those of the last process are gone
        List<Guid> underWay = await db.Jobs
            .Where(j => j.State == JobState.Created || j.State == JobState.Preparing || j.State == JobState.Rendering || j.State == JobState.Muxing)
            .Select(j => j.Id)
            .ToListAsync(cancellationToken);
        foreach (Guid jobId in underWay)
            await ContinueAsync(jobId, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ContinueAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await ledger.ChangeAsync(
            jobId,
            async entry =>
            {
                entry.Job.ReusedSegments = entry.Job.RenderedSegments;
                foreach (SegmentRow segment in await InFlight(entry, entry.Db.Segments).ToListAsync(cancellationToken))
                    Continue(entry, segment, () => entry.Move(segment, WorkState.Waiting));
                foreach (TaskRow task in await InFlight(entry, entry.Db.Tasks).ToListAsync(cancellationToken))
                    Continue(entry, task, () => entry.Move(task, WorkState.Waiting));
                Continues(log, jobId, entry.Job.RenderedSegments, entry.Job.SegmentCount);
            },
            cancellationToken);
        if (options.Value.OwnsWorkers)
            background.Enqueue(new(WorkKind.CheckObjects, jobId));
    }

    private static IQueryable<TRow> InFlight<TRow>(JobEntry entry, IQueryable<TRow> rows)
        where TRow : WorkRow =>
        rows.Where(r => r.JobId == entry.Job.Id && r.State == WorkState.InFlight);

    private void Continue(JobEntry entry, WorkRow work, Action takeBack)
    {
        if (options.Value.OwnsWorkers)
        {
            takeBack(); // its worker and its message died with the process
        }
        else
        {
            // Reports that came while no coordinator listened are still on their way.
            DateTimeOffset grace = entry.Now + options.Value.LeaseDuration;
            work.LeaseUntil = work.LeaseUntil > grace ? work.LeaseUntil : grace;
        }
    }

    [LoggerMessage(LogLevel.Information, "{JobId} goes on: {Rendered} of {SegmentCount} segments are rendered")]
    private static partial void Continues(ILogger log, Guid jobId, int rendered, int segmentCount);
}
