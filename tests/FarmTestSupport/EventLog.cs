namespace RenderFarm.FarmTestSupport;

/// <summary>Every event that was published, in order of arrival.</summary>
public sealed class EventLog
{
    /// <summary>How long a wait may take; it only turns a hang into a failure.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<object> events = [];
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Of<T>()
    {
        lock (gate)
            return [.. events.OfType<T>()];
    }

    /// <summary>Waits until so many events of the kind have come; returns them.</summary>
    public Task<IReadOnlyList<T>> WaitAsync<T>(int count) => WaitAsync<T>(count, _ => true);

    /// <inheritdoc cref="WaitAsync{T}(int)"/>
    public async Task<IReadOnlyList<T>> WaitAsync<T>(int count, Func<T, bool> which)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                IReadOnlyList<T> found = [.. events.OfType<T>().Where(which)];
                if (found.Count >= count)
                    return found;
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
