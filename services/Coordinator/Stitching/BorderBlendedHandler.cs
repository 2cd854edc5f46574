using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Stitching;

/// <summary>A border is a chunk now; how far its two renderings were apart is a quality figure of the job.</summary>
public sealed class BorderBlendedHandler(JobLedger ledger) : IMessageHandler<BorderBlended>
{
    public Task HandleAsync(BorderBlended message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private static async Task RecordAsync(JobEntry entry, BorderBlended message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(TaskKind.BlendBorder, message.BorderIndex, cancellationToken);
        if (task is null || !Fence.AcceptsResult(entry.Job, task, message.Attempt))
            return;
        entry.Move(task, WorkState.Done);
        task.OutputKey = message.OutputKey;
        task.MaxDifference = message.MaxDifference;
        task.MeanDifference = message.MeanDifference;
        entry.Enqueue(WorkKind.DropBorder, task.Index);
        entry.EnqueueDispatch();
    }
}
