using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Preparing;

/// <summary>The inputs are sound: the timeline can be cut. A job that is prepared again because objects got lost keeps its segments.</summary>
public sealed partial class JobPreparedHandler(JobLedger ledger, ILogger<JobPreparedHandler> log) : IMessageHandler<JobPrepared>
{
    public Task HandleAsync(JobPrepared message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, JobPrepared message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(TaskKind.Prepare, 0, cancellationToken);
        if (task is null || !Fence.AcceptsResult(entry.Job, task, message.Attempt))
            return;
        bool isPlanned = entry.Job.SegmentCount > 0;
        if (isPlanned && entry.Job.FrameCount != message.Inputs.FrameCount)
            throw new InvalidOperationException($"Preparing again made {message.Inputs.FrameCount} frames of {entry.Job.FrameCount}.");
        entry.Move(task, WorkState.Done);
        entry.Job.Inputs = message.Inputs;
        entry.Job.Warnings = message.Warnings;
        entry.Job.FrameCount = message.Inputs.FrameCount;
        Prepared(log, entry.Job.Id, message.Inputs.FrameCount);
        if (isPlanned)
        {
            entry.Job.State = JobState.Rendering;
            entry.EnqueueDispatch();
        }
        else
        {
            entry.Enqueue(WorkKind.PlanJob);
        }
    }

    [LoggerMessage(LogLevel.Information, "{JobId} is prepared: {FrameCount} frames")]
    private static partial void Prepared(ILogger log, Guid jobId, long frameCount);
}
