using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Segments;

/// <summary>Applies the failure rules to a segment.</summary>
public sealed partial class SegmentFailedHandler(
    JobLedger ledger, IOptions<CoordinatorOptions> options, ILogger<SegmentFailedHandler> log)
    : IMessageHandler<SegmentFailed>
{
    public Task HandleAsync(SegmentFailed message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, SegmentFailed message, CancellationToken cancellationToken)
    {
        SegmentRow? segment = await entry.FindSegmentAsync(message.SegmentIndex, cancellationToken);
        if (segment is null || !Fence.AcceptsFailure(entry.Job, segment, message.Attempt))
            return;
        Failed(log, segment.Index, entry.Job.Id, message.Kind, message.WorkerId, message.Sentence);
        segment.Sentence = message.Sentence;
        FailureVerdict verdict = FailurePolicy.AfterFailure(message.Kind, segment.Failures, segment.Setbacks, options.Value);
        switch (verdict.Action)
        {
            case FailureAction.FailJob:
                await entry.WithdrawAsync(JobState.Failed, message.Sentence, cancellationToken);
                return;
            case FailureAction.RetryFreely:
                entry.CountSetback(segment);
                entry.Move(segment, WorkState.Waiting);
                break;
            case FailureAction.RetryCounted or FailureAction.GiveUp:
                segment.Failures++;
                segment.FailedOn = [.. segment.FailedOn.Append(message.WorkerId).Distinct(StringComparer.Ordinal)];
                entry.Move(segment, verdict.Action == FailureAction.GiveUp ? WorkState.Failed : WorkState.Waiting);
                if (await WorkerRegister.FailedAsync(entry, message.WorkerId, segment.Index, cancellationToken))
                    await GiveUpIfNobodyIsLeftAsync(entry, message, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Unknown action {verdict.Action}.");
        }

        segment.NotBefore = entry.Now + verdict.Delay;
        entry.EnqueueDispatch();
    }

    /// <summary>With every present worker banned from the job, waiting would be waiting for ever.</summary>
    private async Task GiveUpIfNobodyIsLeftAsync(JobEntry entry, SegmentFailed message, CancellationToken cancellationToken)
    {
        IEnumerable<string> banned = (await WorkerRegister.BannedAsync(entry, cancellationToken)).Append(message.WorkerId);
        IReadOnlyList<string> present = await WorkerRegister.PresentAsync(entry, options.Value.WorkerMemory, cancellationToken);
        if (present.Except(banned, StringComparer.Ordinal).Any())
            return;
        string sentence = FailureSentence.AllWorkersBanned(message.Sentence);
        foreach (SegmentRow waiting in await entry.Db.Segments.Where(s => s.JobId == entry.Job.Id).ToListAsync(cancellationToken))
        {
            if (waiting.State != WorkState.Waiting)
                continue;
            entry.Move(waiting, WorkState.Failed);
            waiting.Sentence ??= sentence;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Segment {SegmentIndex} of {JobId}: {Kind} failure on {WorkerId}: {Sentence}")]
    private static partial void Failed(ILogger log, int segmentIndex, Guid jobId, FailureKind kind, string workerId, string sentence);
}
