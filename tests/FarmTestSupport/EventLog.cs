namespace RenderFarm.FarmTestSupport;

/// <summary>Every event that was published, in order of arrival.</summary>
public sealed class EventLog
{
    /// <summary>No test waits so long; it only turns a hang into a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<object> events = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Of<T>()
    {
        lock (gate)
            return [.. events.OfType<T>()];
    }

    /// <summary>Waits until so many events of the kind have come; returns them.</summary>
    public async Task<IReadOnlyList<T>> WaitAsync<T>(int count)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (events.OfType<T>().Count() >= count)
                    return [.. events.OfType<T>()];
                next = arrival.Task;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited for {count} {typeof(T).Name}; there are: {string.Join("; ", Of<object>())}");
            }
        }
    }

    public async Task<T> NextAsync<T>() => (await WaitAsync<T>(1))[0];

    internal void Add(object message)
    {
        TaskCompletionSource arrived;
        lock (gate)
        {
            events.Add(message);
            arrived = arrival;
            arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrived.SetResult();
    }
}
