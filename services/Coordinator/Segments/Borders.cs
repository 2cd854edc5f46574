using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Segments;

/// <summary>Border i lies between segments i and i+1 and can be blended when both are rendered.</summary>
internal static class Borders
{
    /// <summary>After a segment is done: its borders whose other side is done too may be blended.</summary>
    public static async Task UnblockAsync(JobEntry entry, SegmentRow done, CancellationToken cancellationToken)
    {
        await UnblockAsync(entry, border: done.Index - 1, neighbour: done.Index - 1, cancellationToken);
        await UnblockAsync(entry, border: done.Index, neighbour: done.Index + 1, cancellationToken);
    }

    /// <summary>After a segment turned out to be lost: its borders that are not yet blended must wait for it.</summary>
    public static async Task BlockAsync(JobEntry entry, SegmentRow lost, CancellationToken cancellationToken)
    {
        foreach (int border in (int[])[lost.Index - 1, lost.Index])
        {
            TaskRow? task = await entry.FindTaskAsync(TaskKind.BlendBorder, border, cancellationToken);
            if (task is { State: WorkState.Waiting or WorkState.InFlight or WorkState.Failed })
                entry.Move(task, WorkState.Blocked);
        }
    }

    private static async Task UnblockAsync(JobEntry entry, int border, int neighbour, CancellationToken cancellationToken)
    {
        if (await entry.FindTaskAsync(TaskKind.BlendBorder, border, cancellationToken) is not { State: WorkState.Blocked } task)
            return;
        if (await entry.FindSegmentAsync(neighbour, cancellationToken) is not { State: WorkState.Done })
            return;
        entry.Move(task, WorkState.Waiting);
        task.NotBefore = entry.Now;
    }
}
