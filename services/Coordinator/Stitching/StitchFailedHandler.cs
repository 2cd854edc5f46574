using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Stitching;

/// <summary>Applies the failure rules to a stitcher's task.</summary>
public sealed partial class StitchFailedHandler(JobLedger ledger, IOptions<CoordinatorOptions> options, ILogger<StitchFailedHandler> log)
    : IMessageHandler<StitchFailed>
{
    public Task HandleAsync(StitchFailed message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, StitchFailed message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(KindOf(message.Task), message.Index, cancellationToken);
        if (task is null || !Fence.AcceptsFailure(entry.Job, task, message.Attempt))
            return;
        Failed(log, message.Task, message.Index, entry.Job.Id, message.Kind, message.Sentence);
        FailureVerdict verdict = TaskFailure.Apply(entry, task, message.Kind, message.Sentence, options.Value);
        if (verdict.Action == FailureAction.FailJob)
            await entry.WithdrawAsync(JobState.Failed, message.Sentence, cancellationToken);
    }

    private static TaskKind KindOf(StitchTask task) => task switch
    {
        StitchTask.EncodeAudio => TaskKind.EncodeAudio,
        StitchTask.BlendBorder => TaskKind.BlendBorder,
        StitchTask.MuxVideo => TaskKind.MuxVideo,
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
    };

    [LoggerMessage(LogLevel.Warning, "{Task} {Index} of {JobId}: {Kind} failure: {Sentence}")]
    private static partial void Failed(ILogger log, StitchTask task, int index, Guid jobId, FailureKind kind, string sentence);
}
