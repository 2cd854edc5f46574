using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Background;

/// <summary>Runs the queue and the regular sweep inside this process.</summary>
internal sealed partial class InProcessScheduler(
    WorkQueue queue, WorkRunner runner, IOptions<CoordinatorOptions> options, TimeProvider time, ILogger<InProcessScheduler> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([SweepRegularlyAsync(stoppingToken), .. Enumerable.Range(0, WorkQueue.LaneCount).Select(lane => RunLaneAsync(lane, stoppingToken))]);

    private async Task SweepRegularlyAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, time);
        try
        {
            do
                queue.Enqueue(new(WorkKind.Sweep));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process stops; the ledger knows what was left.
        }
    }

    private async Task RunLaneAsync(int lane, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                WorkItem item = await queue.TakeAsync(lane, stoppingToken);
                await RunAsync(item, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RunAsync(WorkItem item, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(item, stoppingToken);
        }
        catch (TransientException e)
        {
            WorkPostponed(log, item.Kind, item.JobId, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug in one kind of work must not stop the others; the sweep asks for it again.
            WorkFailed(log, item.Kind, item.JobId, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Work} of {JobId} is postponed: {Reason}")]
    private static partial void WorkPostponed(ILogger log, WorkKind work, Guid jobId, string reason);

    [LoggerMessage(LogLevel.Error, "{Work} of {JobId} failed")]
    private static partial void WorkFailed(ILogger log, WorkKind work, Guid jobId, Exception exception);
}
