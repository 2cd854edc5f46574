using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Hosting;

namespace RenderFarm.Worker.Preparation;

/// <summary>Answers <see cref="PrepareJob"/>. A stopping process leaves the command to the bus, which delivers it again.</summary>
internal sealed partial class PrepareJobHandler(JobPreparation preparation, JobWork jobs, IMessageBus bus, ILogger<PrepareJobHandler> log)
    : IMessageHandler<PrepareJob>
{
    public async Task HandleAsync(PrepareJob message, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.RunAsync(message.JobId, message.OutputPrefix, token => PrepareAsync(message, token), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            WorkFailure failure = WorkFailure.Of(e, whenPermanent: FailureKind.BadInput);
            Log(message, failure, e);
            await bus.PublishAsync(
                new PrepareFailed { JobId = message.JobId, Attempt = message.Attempt, Kind = failure.Kind, Sentence = failure.Sentence },
                cancellationToken);
        }
    }

    private async Task PrepareAsync(PrepareJob message, CancellationToken cancellationToken)
    {
        JobPrepared prepared = await preparation.PrepareAsync(message, cancellationToken);
        await bus.PublishAsync(prepared with { Attempt = message.Attempt }, cancellationToken);
        JobWasPrepared(log, message.JobId, prepared.Inputs.FrameCount);
    }

    private void Log(PrepareJob message, WorkFailure failure, Exception e)
    {
        if (failure.IsBug)
            PreparationHitABug(log, e, message.JobId);
        else
            PreparationHasFailed(log, message.JobId, failure.Sentence);
    }

    [LoggerMessage(LogLevel.Information, "Prepared {JobId}: {FrameCount} frames")]
    private static partial void JobWasPrepared(ILogger log, Guid jobId, long frameCount);

    [LoggerMessage(LogLevel.Warning, "The preparation of {JobId} failed: {Sentence}")]
    private static partial void PreparationHasFailed(ILogger log, Guid jobId, string sentence);

    [LoggerMessage(LogLevel.Error, "The preparation of {JobId} met an unexpected error")]
    private static partial void PreparationHitABug(ILogger log, Exception exception, Guid jobId);
}
