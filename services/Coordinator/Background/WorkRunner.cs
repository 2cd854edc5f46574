using RenderFarm.Coordinator.Dispatch;
using RenderFarm.Coordinator.Preparing;
using RenderFarm.Coordinator.Stitching;
using RenderFarm.Coordinator.Storing;
using RenderFarm.Coordinator.Sweeping;

namespace RenderFarm.Coordinator.Background;

/// <summary>Does one item of background work: the single door for every scheduler.</summary>
public sealed class WorkRunner(
    Dispatcher dispatcher, Sweeper sweeper, JobPlanner planner, ObjectCheck check, ChunkLister chunks, JobCleaner cleaner)
{
    public Task RunAsync(WorkItem item, CancellationToken cancellationToken) => item.Kind switch
    {
        WorkKind.Dispatch => dispatcher.RunAsync(cancellationToken),
        WorkKind.Sweep => sweeper.RunAsync(cancellationToken),
        WorkKind.PlanJob => planner.RunAsync(item.JobId, cancellationToken),
        WorkKind.CheckObjects => check.RunAsync(item.JobId, cancellationToken),
        WorkKind.ListChunks => chunks.RunAsync(item.JobId, cancellationToken),
        WorkKind.CleanUp => cleaner.CleanUpAsync(item.JobId, cancellationToken),
        WorkKind.DropBorder => cleaner.DropBorderAsync(item.JobId, item.Index, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, null),
    };
}
