using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Data;

namespace RenderFarm.Coordinator.Progress;

/// <summary>Writes progress down regularly and measures the rate of running jobs. Every coordinator process runs its own.</summary>
internal sealed partial class ProgressLoop(
    ProgressWriter writer, RateMeter meter, IDbContextFactory<FarmDbContext> contexts, IOptions<CoordinatorOptions> options, TimeProvider time, ILogger<ProgressLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.ProgressInterval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await writer.WriteAsync(stoppingToken);
                await MeasureAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
            {
                NotWritten(log, e.Message); // the next reports bring it all again
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var running = await db.Jobs.Where(j => j.State == JobState.Rendering).Select(j => new { j.Id, j.RenderedFrames }).ToListAsync(cancellationToken);
        if (running.Count > 0)
        {
            Dictionary<Guid, double> partly = await db.Segments.Where(s => s.State == WorkState.InFlight)
                .GroupBy(s => s.JobId)
                .Select(g => new { g.Key, Frames = g.Sum(s => s.Fraction * (s.End - s.First)) })
                .ToDictionaryAsync(g => g.Key, g => g.Frames, cancellationToken);
            DateTimeOffset now = time.GetUtcNow();
            foreach (var job in running)
                meter.Record(job.Id, now, job.RenderedFrames + partly.GetValueOrDefault(job.Id));
        }

        meter.Keep(running.Select(j => j.Id).ToHashSet());
    }

    [LoggerMessage(LogLevel.Warning, "Progress could not be written down: {Reason}")]
    private static partial void NotWritten(ILogger log, string reason);
}
