using System.Threading.Channels;
using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Hosting;
using RenderFarm.Worker.Segments;

namespace RenderFarm.Worker.Tests;

public sealed class SegmentReporterTests
{
    private static readonly WorkerOptions Options = new() { ProgressInterval = TimeSpan.FromSeconds(0.5), StallLimit = TimeSpan.FromSeconds(5) };

    private readonly ManualTime time = new();
    private readonly Bus bus = new();

    [Fact]
    public async Task It_speaks_at_once_then_when_something_changed_and_at_least_once_a_second()
    {
        await using SegmentReporter reporter = AReporter();
        Assert.Equal(SegmentStage.Fetching, (await bus.Spoken.Reader.ReadAsync()).Stage);

        reporter.Report(SegmentStage.Denoising, 0.1);
        reporter.Report(SegmentStage.Denoising, 0.2);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(0.2, (await bus.Spoken.Reader.ReadAsync()).Fraction); // the first of the two was overtaken

        time.Advance(TimeSpan.FromSeconds(0.5)); // nothing new: silent
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(0.2, (await bus.Spoken.Reader.ReadAsync()).Fraction);
        Assert.False(bus.Spoken.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_segment_that_stands_still_falls_silent_and_speaks_again_when_it_moves()
    {
        await using SegmentReporter reporter = AReporter();
        await bus.Spoken.Reader.ReadAsync();
        for (int second = 0; second < 5; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await bus.Spoken.Reader.ReadAsync();
        }

        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(60));
        reporter.Report(SegmentStage.Decoding, 0.5);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0.5, (await bus.Spoken.Reader.ReadAsync()).Fraction); // and not one of the silent minute
    }

    [Fact]
    public async Task A_bus_that_is_away_does_not_stop_it()
    {
        bus.IsAway = true;
        await using SegmentReporter reporter = AReporter();
        bus.IsAway = false;
        reporter.Report(SegmentStage.Decoding, 0.5);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0.5, (await bus.Spoken.Reader.ReadAsync()).Fraction);
    }

    private SegmentReporter AReporter() => new(
        bus,
        new RenderSegment
        {
            JobId = Guid.NewGuid(),
            SegmentIndex = 0,
            Attempt = 1,
            Frames = default,
            BorderBefore = default,
            BorderAfter = default,
            Settings = WorkerFarm.Settings(),
            Inputs = new() { FrameCount = 1, PcmSampleCount = 1, PcmKey = "", LoudnessKey = "", PackPrefix = "" },
            OutputPrefix = "a/",
            LeaseDuration = TimeSpan.FromSeconds(45),
        },
        "host/cpu-0",
        Options,
        time);

    private sealed class Bus : IMessageBus
    {
        public Channel<SegmentProgressed> Spoken { get; } = Channel.CreateUnbounded<SegmentProgressed>();

        public bool IsAway { get; set; }

        public Task SendAsync<TCommand>(TCommand command, CancellationToken cancellationToken)
            where TCommand : class => throw new NotSupportedException();

        public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellationToken)
            where TEvent : class => IsAway
                ? throw new TransientException("The bus is away.")
                : Spoken.Writer.WriteAsync((SegmentProgressed)(object)message, cancellationToken).AsTask();
    }
}
