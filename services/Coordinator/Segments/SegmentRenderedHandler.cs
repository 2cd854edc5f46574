using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Segments;

/// <summary>The first valid result of a segment wins; it may complete the two borders beside it.</summary>
public sealed partial class SegmentRenderedHandler(JobLedger ledger, ILogger<SegmentRenderedHandler> log)
    : IMessageHandler<SegmentRendered>
{
    public Task HandleAsync(SegmentRendered message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, SegmentRendered message, CancellationToken cancellationToken)
    {
        SegmentRow? segment = await entry.FindSegmentAsync(message.SegmentIndex, cancellationToken);
        if (segment is null || !Fence.AcceptsResult(entry.Job, segment, message.Attempt))
            return;
        entry.Move(segment, WorkState.Done);
        segment.WorkerId = message.WorkerId;
        segment.InteriorKey = message.InteriorKey;
        segment.BorderBeforeKey = message.BorderBeforeKey;
        segment.BorderAfterKey = message.BorderAfterKey;
        segment.FramesKey = message.FramesKey;
        segment.DenoiseTime = message.DenoiseTime;
        segment.DecodeTime = message.DecodeTime;
        segment.TotalTime = message.TotalTime;
        segment.Sentence = null;
        await WorkerRegister.RenderedAsync(entry, message.WorkerId, cancellationToken);
        await Borders.UnblockAsync(entry, segment, cancellationToken);
        entry.EnqueueDispatch();
        Rendered(log, segment.Index, entry.Job.Id, segment.Frames.Count, message.TotalTime.TotalMilliseconds, message.WorkerId);
    }

    [LoggerMessage(LogLevel.Information, "Segment {SegmentIndex} of {JobId}: {FrameCount} frames in {ElapsedMs:F0} ms on {WorkerId}")]
    private static partial void Rendered(ILogger log, int segmentIndex, Guid jobId, long frameCount, double elapsedMs, string workerId);
}
