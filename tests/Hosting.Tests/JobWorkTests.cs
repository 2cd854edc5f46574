namespace RenderFarm.Hosting.Tests;

public sealed class JobWorkTests
{
    private readonly ManualTime time = new();
    private readonly Guid job = Guid.NewGuid();

    [Fact]
    public async Task A_second_delivery_waits_until_the_first_has_ended()
    {
        JobWork work = new(time);
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> order = [];
        Task<bool> one = work.RunAsync(job, "segment-0", async _ =>
        {
            await first.Task;
            order.Add("one");
        }, default);
        Task<bool> two = work.RunAsync(job, "segment-0", _ =>
        {
            order.Add("two");
            return Task.CompletedTask;
        }, default);
        Task<bool> other = work.RunAsync(job, "segment-1", _ =>
        {
            order.Add("other");
            return Task.CompletedTask;
        }, default);

        Assert.True(await other);
        Assert.False(two.IsCompleted);
        first.SetResult();
        Assert.True(await one);
        Assert.True(await two);
        Assert.Equal(["other", "one", "two"], order);
    }

    [Fact]
    public async Task Cancelling_a_job_stops_its_work_and_no_other()
    {
        JobWork work = new(time);
        Guid otherJob = Guid.NewGuid();
        TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> running = work.RunAsync(job, "a", token => Task.Delay(Timeout.Infinite, token), default);
        Task<bool> waiting = work.RunAsync(job, "a", _ => throw new InvalidOperationException("must not run"), default);
        Task<bool> other = work.RunAsync(otherJob, "b", _ => finish.Task, default);

        work.Cancel(job);

        Assert.False(await running);
        Assert.False(await waiting);
        Assert.False(other.IsCompleted);
        finish.SetResult();
        Assert.True(await other);
    }

    [Fact]
    public async Task Whatever_cancelled_work_throws_is_not_a_failure()
    {
        JobWork work = new(time);
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> running = work.RunAsync(job, "a", async token =>
        {
            started.SetResult();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, token));
            throw new IOException("The pipe to the killed encoder is broken.");
        }, default);
        await started.Task;
        work.Cancel(job);
        Assert.False(await running);
    }

    [Fact]
    public async Task A_process_that_stops_is_not_a_cancelled_job()
    {
        JobWork work = new(time);
        using CancellationTokenSource stopping = new();
        Task<bool> running = work.RunAsync(job, "a", token => Task.Delay(Timeout.Infinite, token), stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Failures_of_work_that_is_not_cancelled_come_through()
    {
        JobWork work = new(time);
        await Assert.ThrowsAsync<IOException>(() => work.RunAsync(job, "a", _ => throw new IOException("x"), default));
        Assert.True(await work.RunAsync(job, "a", _ => Task.CompletedTask, default));
    }

    [Fact]
    public async Task What_arrives_behind_a_cancellation_is_dropped_for_a_minute()
    {
        JobWork work = new(time);
        work.Cancel(job);
        Assert.False(await work.RunAsync(job, "a", _ => throw new InvalidOperationException("must not run"), default));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(await work.RunAsync(job, "a", _ => Task.CompletedTask, default));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
