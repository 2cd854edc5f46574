namespace RenderFarm.Coordinator.Background;

/// <summary>
/// Takes the coordinator's short work. Items may be merged, repeated and lost: the sweep, which every implementation runs
/// regularly, asks again for whatever the ledger shows undone. Nothing long runs here.
/// </summary>
public interface IBackgroundWork
{
    /// <summary>Returns at once.</summary>
    void Enqueue(WorkItem item);
}
