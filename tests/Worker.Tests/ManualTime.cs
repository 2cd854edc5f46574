namespace RenderFarm.Worker.Tests;

/// <summary>A clock that stands still until it is told; its timers run on the thread that tells it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private long now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state), dueTime, period);
        lock (gate)
            timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Volatile.Write(ref now, now + by.Ticks);
        Timer[] all;
        lock (gate)
            all = [.. timers];
        foreach (Timer timer in all)
            timer.Fire();
    }

    private sealed class Timer(ManualTime time, Action callback, TimeSpan dueTime, TimeSpan period) : ITimer
    {
        private long dueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;

        public void Fire()
        {
            while (dueAt <= time.GetTimestamp())
            {
                dueAt = period == Timeout.InfiniteTimeSpan ? long.MaxValue : dueAt + period.Ticks;
                callback();
            }
        }

        public bool Change(TimeSpan newDueTime, TimeSpan newPeriod) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
