using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Preparing;

/// <summary>Without preparation there is no job: what cannot be tried again fails it.</summary>
public sealed partial class PrepareFailedHandler(JobLedger ledger, IOptions<CoordinatorOptions> options, ILogger<PrepareFailedHandler> log)
    : IMessageHandler<PrepareFailed>
{
    public Task HandleAsync(PrepareFailed message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, PrepareFailed message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(TaskKind.Prepare, 0, cancellationToken);
        if (task is null || !Fence.AcceptsFailure(entry.Job, task, message.Attempt))
            return;
        Failed(log, entry.Job.Id, message.Kind, message.Sentence);
        FailureVerdict verdict = TaskFailure.Apply(entry, task, message.Kind, message.Sentence, options.Value);
        if (verdict.Action is FailureAction.GiveUp or FailureAction.FailJob)
            await entry.EndAsync(JobState.Failed, message.Sentence, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Preparing {JobId}: {Kind} failure: {Sentence}")]
    private static partial void Failed(ILogger log, Guid jobId, FailureKind kind, string sentence);
}
