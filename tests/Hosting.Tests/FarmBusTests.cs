using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Hosting.Tests;

/// <summary>The in-memory bus, for real.</summary>
public sealed class FarmBusTests
{
    [Fact]
    public async Task A_command_reaches_exactly_one_handler()
    {
        using Recorder seen = new();
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 3));
        for (int i = 0; i < 50; i++)
            await Bus(host).SendAsync(AnEncodeAudio(attempt: i), default);

        await seen.WaitForAsync(50);
        await host.StopAsync();
        Assert.Equal(Enumerable.Range(0, 50), seen.Messages.Cast<EncodeAudio>().Select(m => m.Attempt).Order());
    }

    [Fact]
    public async Task No_more_commands_than_the_concurrency_are_handled_at_once()
    {
        using Recorder seen = new() { Gate = new SemaphoreSlim(0) };
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 2));
        for (int i = 0; i < 6; i++)
            await Bus(host).SendAsync(AnEncodeAudio(attempt: i), default);

        await seen.WaitForAsync(2);
        for (int i = 0; i < 6; i++)
            seen.Gate.Release();

        await seen.WaitForAsync(6);
        await host.StopAsync();
        Assert.Equal(2, seen.MostAtOnce);
    }

    [Fact]
    public async Task An_event_reaches_every_service_that_subscribed()
    {
        using Recorder seen = new();
        using IHost host = await StartAsync(seen, s =>
        {
            s.AddEventHandler<JobCancelled, RecordingHandler<JobCancelled>>("coordinator", concurrency: 1);
            s.AddBroadcastHandler<JobCancelled, OtherHandler<JobCancelled>>("worker");
            s.AddBroadcastHandler<JobCancelled, OtherHandler<JobCancelled>>("stitcher");
        });
        await Bus(host).PublishAsync(new JobCancelled { JobId = Guid.NewGuid() }, default);

        await seen.WaitForAsync(3);
        await host.StopAsync();
        Assert.Equal(3, seen.Messages.Count);
    }

    [Fact]
    public async Task An_event_that_nobody_wants_is_no_error()
    {
        using Recorder seen = new();
        using IHost host = await StartAsync(seen, _ => { });
        await Bus(host).PublishAsync(new JobCancelled { JobId = Guid.NewGuid() }, default);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again()
    {
        using Recorder seen = new() { FailFirst = 2, Failure = () => new TransientException("the store is away") };
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 1));
        await Bus(host).SendAsync(AnEncodeAudio(attempt: 1), default);

        await seen.WaitForAsync(3);
        await host.StopAsync();
        Assert.Equal(1, seen.Succeeded);
    }

    [Fact]
    public async Task A_bug_costs_its_message_and_not_the_queue()
    {
        using Recorder seen = new() { FailFirst = 1, Failure = () => new InvalidOperationException("a bug") };
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 1));
        await Bus(host).SendAsync(AnEncodeAudio(attempt: 1), default);
        await Bus(host).SendAsync(AnEncodeAudio(attempt: 2), default);

        await seen.WaitForAsync(2);
        await host.StopAsync();
        Assert.Equal([1, 2], seen.Messages.Cast<EncodeAudio>().Select(m => m.Attempt));
        Assert.Equal(1, seen.Succeeded);
    }

    [Fact]
    public async Task Stopping_the_host_cancels_what_is_being_handled()
    {
        using Recorder seen = new() { Gate = new SemaphoreSlim(0) };
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 1));
        await Bus(host).SendAsync(AnEncodeAudio(attempt: 1), default);
        await seen.WaitForAsync(1);

        await host.StopAsync();

        Assert.Equal(1, seen.Cancelled);
    }

    [Fact]
    public async Task Stopping_the_host_also_ends_what_the_bus_begins_while_it_stops()
    {
        // Blocking every message and publishing from its handler makes the transport begin the next one during the stop.
        using Recorder seen = new() { Gate = new SemaphoreSlim(0) };
        using IHost host = await StartAsync(seen, s => s.AddCommandHandler<EncodeAudio, RecordingHandler<EncodeAudio>>(concurrency: 2));
        for (int i = 0; i < 20; i++)
            await Bus(host).SendAsync(AnEncodeAudio(attempt: i), default);
        await seen.WaitForAsync(2);

        await host.StopAsync();

        await seen.WaitUntilIdleAsync();
        Assert.Equal(0, seen.Succeeded);
    }

    [Fact]
    public void Queue_names_are_part_of_the_deployment()
    {
        Assert.Equal("render-segment", QueueName.ForCommand<RenderSegment>());
        Assert.Equal("coordinator-segment-rendered", QueueName.ForEvent<SegmentRendered>("coordinator"));
        Assert.Equal("worker-job-cancelled-7", QueueName.ForBroadcast<JobCancelled>("worker", "7"));
    }

    private static EncodeAudio AnEncodeAudio(int attempt) => new()
    {
        JobId = Guid.Empty,
        Attempt = attempt,
        AudioKey = "a",
        FrameCount = 1,
        FrameRate = new(24, 1),
        OutputKey = "b",
    };

    private static IMessageBus Bus(IHost host) => host.Services.GetRequiredService<IMessageBus>();

    private static async Task<IHost> StartAsync(Recorder seen, Action<IServiceCollection> declare)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(seen);
        builder.Services.AddFarmBus(o => o.RetryDelays = [TimeSpan.Zero, TimeSpan.Zero]); // before the handlers: order must not matter
        declare(builder.Services);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed class Recorder : IDisposable
    {
        private readonly SemaphoreSlim arrivals = new(0);
        private int awaited;
        private int handled;
        private int atOnce;
        private int mostAtOnce;
        private int succeeded;
        private int cancelled;

        public ConcurrentQueue<object> Messages { get; } = new();

        public SemaphoreSlim? Gate { get; init; }

        public int FailFirst { get; init; }

        public Func<Exception> Failure { get; init; } = () => new InvalidOperationException();

        public int MostAtOnce => mostAtOnce;

        public int Succeeded => succeeded;

        public int Cancelled => cancelled;

        public async Task RecordAsync(object message, CancellationToken cancellationToken)
        {
            Messages.Enqueue(message);
            int now = Interlocked.Increment(ref atOnce);
            InterlockedMax(ref mostAtOnce, now);
            arrivals.Release();
            try
            {
                if (Interlocked.Increment(ref handled) <= FailFirst)
                    throw Failure();
                if (Gate is not null)
                    await Gate.WaitAsync(cancellationToken);
                Interlocked.Increment(ref succeeded);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref atOnce);
            }
        }

        public async Task WaitForAsync(int count)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
            for (; awaited < count; awaited++)
                await arrivals.WaitAsync(limit.Token);
        }

        public async Task WaitUntilIdleAsync()
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
            while (Volatile.Read(ref atOnce) > 0)
                await Task.Delay(5, limit.Token);
        }

        public void Dispose()
        {
            arrivals.Dispose();
            Gate?.Dispose();
        }

        private static void InterlockedMax(ref int target, int value)
        {
            for (int seen = target; seen < value; seen = target)
                Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private sealed class RecordingHandler<T>(Recorder seen) : IMessageHandler<T>
        where T : class
    {
        public Task HandleAsync(T message, CancellationToken cancellationToken) => seen.RecordAsync(message, cancellationToken);
    }

    private sealed class OtherHandler<T>(Recorder seen) : IMessageHandler<T>
        where T : class
    {
        public Task HandleAsync(T message, CancellationToken cancellationToken) => seen.RecordAsync(message, cancellationToken);
    }
}
