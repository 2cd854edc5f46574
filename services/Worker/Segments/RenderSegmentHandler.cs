using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Worker.Devices;

namespace RenderFarm.Worker.Segments;

/// <summary>Answers <see cref="RenderSegment"/>: with the result, with a failure, or by handing the segment back.</summary>
internal sealed partial class RenderSegmentHandler(
    SegmentRendering rendering,
    JobWork jobs,
    DeviceSlots slots,
    IMessageBus bus,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RenderSegmentHandler> log) : IMessageHandler<RenderSegment>
{
    /// <summary>The bus must be told within the time a stopping process has left.</summary>
    private static readonly TimeSpan HandBackTime = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(RenderSegment message, CancellationToken cancellationToken)
    {
        if (slots.Allowed(message.ExcludedWorkers).FirstOrDefault() is not { } workerId)
        {
            await bus.PublishAsync(Returned(message, slots.WorkerIds[0]), cancellationToken);
            return;
        }

        await using SegmentReporter reporter = new(bus, message, workerId, options.Value, time);
        try
        {
            await jobs.RunAsync(message.JobId, message.OutputPrefix, token => RenderAsync(message, reporter, token), cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whatever it was: work that is being torn down may fail in any way.
            using CancellationTokenSource limit = new(HandBackTime, time);
            await bus.PublishAsync(Returned(message, reporter.WorkerId), limit.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            WorkFailure failure = WorkFailure.Of(e, whenPermanent: FailureKind.Rendering);
            Log(message, failure, e);
            await bus.PublishAsync(Failed(message, reporter.WorkerId, failure), cancellationToken);
        }
    }

    private async Task RenderAsync(RenderSegment message, SegmentReporter reporter, CancellationToken cancellationToken)
    {
        SegmentRendered rendered = await rendering.RenderAsync(message, reporter, cancellationToken);
        await bus.PublishAsync(rendered, cancellationToken);
        SegmentWasRendered(log, message.SegmentIndex, message.JobId, message.Frames.Count, rendered.TotalTime.TotalMilliseconds);
    }

    private void Log(RenderSegment message, WorkFailure failure, Exception e)
    {
        if (failure.IsBug)
            SegmentHitABug(log, e, message.SegmentIndex, message.JobId);
        else
            SegmentHasFailed(log, message.SegmentIndex, message.JobId, failure.Sentence);
    }

    private static SegmentReturned Returned(RenderSegment message, string workerId) => new()
    {
        JobId = message.JobId,
        SegmentIndex = message.SegmentIndex,
        Attempt = message.Attempt,
        WorkerId = workerId,
    };

    private static SegmentFailed Failed(RenderSegment message, string workerId, WorkFailure failure) => new()
    {
        JobId = message.JobId,
        SegmentIndex = message.SegmentIndex,
        Attempt = message.Attempt,
        WorkerId = workerId,
        Kind = failure.Kind,
        Sentence = failure.Sentence,
    };

    [LoggerMessage(LogLevel.Information, "Rendered segment {SegmentIndex} of {JobId}: {FrameCount} frames in {ElapsedMs:F0} ms")]
    private static partial void SegmentWasRendered(ILogger log, int segmentIndex, Guid jobId, long frameCount, double elapsedMs);

    [LoggerMessage(LogLevel.Warning, "Segment {SegmentIndex} of {JobId} failed: {Sentence}")]
    private static partial void SegmentHasFailed(ILogger log, int segmentIndex, Guid jobId, string sentence);

    [LoggerMessage(LogLevel.Error, "Segment {SegmentIndex} of {JobId} met an unexpected error")]
    private static partial void SegmentHitABug(ILogger log, Exception exception, int segmentIndex, Guid jobId);
}
