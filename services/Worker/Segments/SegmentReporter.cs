using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Hosting;

namespace RenderFarm.Worker.Segments;

/// <summary>
/// Tells the farm how far a segment is: after every change, at least once a second, never more often than configured. A message renews
/// the lease, so a segment that no longer moves falls silent after a while.
/// </summary>
internal sealed class SegmentReporter : IAsyncDisposable
{
    /// <summary>Progress must be seen within a second even when nothing changes, for example while a large step runs.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    private readonly IMessageBus bus;
    private readonly RenderSegment command;
    private readonly WorkerOptions options;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private volatile State state;
    private long movedAt;

    public SegmentReporter(IMessageBus bus, RenderSegment command, string workerId, WorkerOptions options, TimeProvider time)
    {
        this.bus = bus;
        this.command = command;
        this.options = options;
        this.time = time;
        state = new State(workerId, SegmentStage.Fetching, 0);
        movedAt = time.GetTimestamp();
        loop = LoopAsync(stop.Token);
    }

    public string WorkerId => state.WorkerId;

    /// <summary>The device that renders is known now.</summary>
    public void Assign(string workerId) => Move(state with { WorkerId = workerId });

    /// <summary>Cheap; may be called for every frame, from any one thread at a time.</summary>
    /// <param name="fraction">Share of the segment that is done, 0 to 1, all stages together.</param>
    public void Report(SegmentStage stage, double fraction) => Move(state with { Stage = stage, Fraction = fraction });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private void Move(State next)
    {
        state = next;
        Volatile.Write(ref movedAt, time.GetTimestamp());
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer tick = new(options.ProgressInterval, time);
        State? told = null;
        long toldAt = 0;
        try
        {
            do
            {
                State now = state;
                bool isDue = told is null || now != told || time.GetElapsedTime(toldAt) + options.ProgressInterval > LongestSilence;
                if (!isDue || time.GetElapsedTime(Volatile.Read(ref movedAt)) > options.StallLimit)
                    continue;
                (told, toldAt) = (now, time.GetTimestamp());
                await TellAsync(now, cancellationToken);
            }
            while (await tick.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The segment has ended, one way or the other.
        }
    }

    private async Task TellAsync(State now, CancellationToken cancellationToken)
    {
        try
        {
            await bus.PublishAsync(
                new SegmentProgressed
                {
                    JobId = command.JobId,
                    SegmentIndex = command.SegmentIndex,
                    Attempt = command.Attempt,
                    WorkerId = now.WorkerId,
                    Stage = now.Stage,
                    Fraction = now.Fraction,
                },
                cancellationToken);
        }
        catch (TransientException)
        {
            // The next message says the same and more; a bus that stays away costs the lease, as it should.
        }
    }

    private sealed record State(string WorkerId, SegmentStage Stage, double Fraction);
}
