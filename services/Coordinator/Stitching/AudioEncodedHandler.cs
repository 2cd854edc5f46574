using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Stitching;

public sealed class AudioEncodedHandler(JobLedger ledger) : IMessageHandler<AudioEncoded>
{
    public Task HandleAsync(AudioEncoded message, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(message.JobId, entry => RecordAsync(entry, message, cancellationToken), cancellationToken);

    private static async Task RecordAsync(JobEntry entry, AudioEncoded message, CancellationToken cancellationToken)
    {
        TaskRow? task = await entry.FindTaskAsync(TaskKind.EncodeAudio, 0, cancellationToken);
        if (task is null || !Fence.AcceptsResult(entry.Job, task, message.Attempt))
            return;
        entry.Move(task, WorkState.Done);
        task.OutputKey = message.OutputKey;
    }
}
