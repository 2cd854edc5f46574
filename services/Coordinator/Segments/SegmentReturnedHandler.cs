using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Segments;

/// <summary>A segment handed back is waiting again. One that a worker may not render rests a moment, or it would go in circles at full speed.</summary>
public sealed class SegmentReturnedHandler(JobLedger ledger, IOptions<CoordinatorOptions> options) : IMessageHandler<SegmentReturned>
{
    public Task HandleAsync(SegmentReturned message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private async Task RecordAsync(JobEntry entry, SegmentReturned message, CancellationToken cancellationToken)
    {
        SegmentRow? segment = await entry.FindSegmentAsync(message.SegmentIndex, cancellationToken);
        if (segment is null || !Fence.AcceptsFailure(entry.Job, segment, message.Attempt))
            return;
        bool isExcluded = segment.FailedOn.Contains(message.WorkerId)
            || (await WorkerRegister.BannedAsync(entry, cancellationToken)).Contains(message.WorkerId);
        entry.Move(segment, WorkState.Waiting);
        segment.Returns++;
        segment.NotBefore = entry.Now + (isExcluded ? options.Value.FirstBackOff : TimeSpan.Zero);
        entry.EnqueueDispatch();
    }
}
