using System.Collections.Concurrent;

namespace RenderFarm.Coordinator.Progress;

/// <summary>Remembers how far each running job was over the last minute.</summary>
public sealed class RateMeter
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_spacing = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<Guid, Queue<RateSample>> jobs = new();

    public void Record(Guid jobId, DateTimeOffset at, double framesDone)
    {
        Queue<RateSample> samples = jobs.GetOrAdd(jobId, _ => new());
        lock (samples)
        {
            if (samples.Count > 0 && at - samples.Last().At < s_spacing)
                return;
            samples.Enqueue(new(at, framesDone));
            while (at - samples.Peek().At > s_memory)
                samples.Dequeue();
        }
    }

    /// <summary>Forgets every job that is not among these.</summary>
    public void Keep(IReadOnlySet<Guid> running)
    {
        foreach (Guid jobId in jobs.Keys.Where(id => !running.Contains(id)))
            jobs.TryRemove(jobId, out _);
    }

    public RateEstimate Estimate(Guid jobId)
    {
        if (!jobs.TryGetValue(jobId, out Queue<RateSample>? samples))
            return default;
        lock (samples)
            return RateEstimate.From([.. samples]);
    }
}
