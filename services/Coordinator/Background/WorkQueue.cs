using System.Threading.Channels;

namespace RenderFarm.Coordinator.Background;

/// <summary>
/// Two lanes: sending and sweeping must not wait behind work on one job. An item that is already waiting is not added
/// again, so the queue is never longer than the ledger has work.
/// </summary>
internal sealed class WorkQueue : IBackgroundWork
{
    private readonly Lane[] lanes = [new(), new()];

    public static int LaneCount => 2;

    public void Enqueue(WorkItem item) => lanes[item.Kind is WorkKind.Dispatch or WorkKind.Sweep ? 0 : 1].Add(item);

    public async Task<WorkItem> TakeAsync(int lane, CancellationToken cancellationToken) => await lanes[lane].TakeAsync(cancellationToken);

    private sealed class Lane
    {
        private readonly Channel<WorkItem> order = Channel.CreateUnbounded<WorkItem>();
        private readonly HashSet<WorkItem> waiting = [];

        public void Add(WorkItem item)
        {
            lock (waiting)
            {
                if (waiting.Add(item))
                    order.Writer.TryWrite(item);
            }
        }

        public async ValueTask<WorkItem> TakeAsync(CancellationToken cancellationToken)
        {
            WorkItem item = await order.Reader.ReadAsync(cancellationToken);
            lock (waiting)
                waiting.Remove(item); // asked for again from now on, it must run again
            return item;
        }
    }
}
