using System.Globalization;

namespace RenderFarm.Worker.Devices;

/// <summary>The devices of this process; each renders one segment at a time and is a worker of its own to the farm. Safe for many callers.</summary>
public sealed class DeviceSlots
{
    private readonly Lock gate = new();
    private readonly List<string> free;
    private readonly LinkedList<Waiter> waiters = []; // first come, first served, among those the free device suits

    /// <param name="host">Name of this machine or pod, unique in the farm.</param>
    /// <param name="device">Kind of device, for example <c>cpu</c>.</param>
    public DeviceSlots(string host, string device, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentException.ThrowIfNullOrEmpty(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        WorkerIds = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{host}/{device}-{i}"))];
        free = [.. WorkerIds];
    }

    public IReadOnlyList<string> WorkerIds { get; }

    /// <summary>The worker ids that may do something, best first; empty when all are excluded.</summary>
    public IEnumerable<string> Allowed(IReadOnlyCollection<string> excluded) => WorkerIds.Except(excluded);

    /// <summary>A free device that is not excluded, or null.</summary>
    public DeviceSlot? TryTake(IReadOnlyCollection<string> excluded)
    {
        lock (gate)
        {
            int index = free.FindIndex(id => !excluded.Contains(id));
            if (index < 0)
                return null;
            string id = free[index];
            free.RemoveAt(index);
            return new DeviceSlot(id, Release);
        }
    }

    /// <summary>Waits for a device that is not excluded.</summary>
    /// <exception cref="ArgumentException">All devices are excluded.</exception>
    public async Task<DeviceSlot> TakeAsync(IReadOnlyCollection<string> excluded, CancellationToken cancellationToken)
    {
        if (!Allowed(excluded).Any())
            throw new ArgumentException("Every device of this worker is excluded.", nameof(excluded));
        Waiter waiter = new(excluded);
        LinkedListNode<Waiter> place;
        lock (gate)
        {
            if (TryTake(excluded) is { } slot)
                return slot;
            place = waiters.AddLast(waiter);
        }

        await using CancellationTokenRegistration _ = cancellationToken.UnsafeRegister(_ => waiter.Given.TrySetCanceled(cancellationToken), null);
        try
        {
            return await waiter.Given.Task;
        }
        catch (OperationCanceledException)
        {
            lock (gate)
            {
                if (place.List is not null)
                    waiters.Remove(place);
            }

            throw;
        }
    }

    private void Release(string id)
    {
        lock (gate)
        {
            for (LinkedListNode<Waiter>? place = waiters.First, next; place is not null; place = next)
            {
                next = place.Next;
                if (place.Value.Excluded.Contains(id))
                    continue;
                waiters.Remove(place);
                if (place.Value.Given.TrySetResult(new DeviceSlot(id, Release)))
                    return;
            }

            free.Add(id);
        }
    }

    private sealed record Waiter(IReadOnlyCollection<string> Excluded)
    {
        public TaskCompletionSource<DeviceSlot> Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
