using System.Threading.Channels;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>Wakes those in this process who watch a job. Only a hint: watchers also look by themselves.</summary>
public sealed class JobChanges
{
    private readonly Lock access = new();
    private readonly Dictionary<Guid, List<Subscription>> watchers = [];

    public void Notify(Guid jobId)
    {
        lock (access)
        {
            foreach (Subscription subscription in watchers.GetValueOrDefault(jobId) ?? [])
                subscription.Signal();
        }
    }

    public Subscription Subscribe(Guid jobId)
    {
        Subscription subscription = new(this, jobId);
        lock (access)
        {
            if (!watchers.TryGetValue(jobId, out List<Subscription>? subscriptions))
                watchers[jobId] = subscriptions = [];
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    private void Remove(Subscription subscription, Guid jobId)
    {
        lock (access)
        {
            if (watchers.TryGetValue(jobId, out List<Subscription>? subscriptions) && subscriptions.Remove(subscription) && subscriptions.Count == 0)
                watchers.Remove(jobId);
        }
    }

    /// <summary>One watcher of one job.</summary>
    public sealed class Subscription(JobChanges owner, Guid jobId) : IDisposable
    {
        private readonly Channel<bool> signals =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        /// <summary>Returns after a change since the last call, or after the time.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        {
            using CancellationTokenSource limit = new(atMost, time);
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await signals.Reader.ReadAsync(both.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nothing changed in this process.
            }
        }

        public void Dispose() => owner.Remove(this, jobId);

        internal void Signal() => signals.Writer.TryWrite(true);
    }
}
