using RenderFarm.Coordinator.Background;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>Background work that waits for the simulation to run it, lose it or run it twice.</summary>
internal sealed class BackgroundList : IBackgroundWork
{
    public List<WorkItem> Waiting { get; } = [];

    public void Enqueue(WorkItem item)
    {
        if (!Waiting.Contains(item))
            Waiting.Add(item);
    }
}
