using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Stitching;

/// <summary>The video is there.</summary>
public sealed partial class VideoMuxedHandler(JobLedger ledger, ILogger<VideoMuxedHandler> log) : IMessageHandler<VideoMuxed>
{
    public Task HandleAsync(VideoMuxed message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, VideoMuxed message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(TaskKind.MuxVideo, 0, cancellationToken);
        if (task is null || entry.Job.State != JobState.Muxing || !Fence.AcceptsResult(entry.Job, task, message.Attempt))
            return;
        entry.Move(task, WorkState.Done);
        task.OutputKey = message.OutputKey;
        entry.Job.OutputKey = message.OutputKey;
        entry.Job.OutputSizeBytes = message.SizeBytes;
        await entry.EndAsync(JobState.Completed, error: null, cancellationToken);
        Completed(log, entry.Job.Id, message.SizeBytes);
    }

    [LoggerMessage(LogLevel.Information, "{JobId} is complete: {SizeBytes} bytes")]
    private static partial void Completed(ILogger log, Guid jobId, long sizeBytes);
}
