using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Packs;
using RenderFarm.Worker.Segments;

namespace RenderFarm.Worker.Tests;

public sealed class DecodePipelineTests
{
    private const int FrameBytes = 6;

    [Fact]
    public void Every_frame_arrives_once_and_in_order_whatever_the_batch() =>
        Prop.ForAll(
            Gen.Choose(1, 40).ToArbitrary(),
            Gen.Choose(1, 60).ToArbitrary(),
            (batch, frameCount) =>
            {
                Sink sink = new();
                List<long> told = [];
                RunAsync(new Decoder(batch), frameCount, sink, told.Add).GetAwaiter().GetResult();
                return sink.Frames.SequenceEqual(Enumerable.Range(1000, frameCount).Select(frame => (long)frame)) && told[^1] == frameCount;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task The_decoder_waits_when_nothing_is_taken_from_it()
    {
        Decoder decoder = new(batch: 4);
        Sink sink = new() { Gate = new TaskCompletionSource() };
        Task run = RunAsync(decoder, 1000, sink, _ => { });
        await sink.Waiting.Task;
        while (decoder.Decoded < 12) // three batches are all there are
            await Task.Yield();
        Assert.Equal(12, decoder.Decoded);
        sink.Gate.SetResult();
        await run;
        Assert.Equal(1000, sink.Frames.Count);
    }

    [Fact]
    public async Task A_failing_sink_ends_the_decoder()
    {
        Decoder decoder = new(batch: 4);
        await Assert.ThrowsAsync<IOException>(() => RunAsync(decoder, 1000, new Sink { FailAt = 1005 }, _ => { }));
        Assert.InRange(decoder.Decoded, 5, 100);
    }

    [Fact]
    public async Task A_failing_decoder_ends_with_its_own_exception() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Decoder(batch: 4) { FailAt = 1020 }, 1000, new Sink(), _ => { }));

    [Fact]
    public async Task Cancelling_ends_both_sides()
    {
        using CancellationTokenSource cancel = new();
        Sink sink = new() { Gate = new TaskCompletionSource() };
        Task run = RunAsync(new Decoder(batch: 4), 1000, sink, _ => { }, cancel.Token);
        await sink.Waiting.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async Task RunAsync(Decoder decoder, int frameCount, Sink sink, Action<long> decoded, CancellationToken cancellationToken = default)
    {
        using DenoisedFrames latents = Latents.Of(new FrameRange(1000, 1000 + frameCount), frame => frame);
        await DecodePipeline.RunAsync(decoder, latents, FrameBytes, sink, decoded, cancellationToken);
    }

    /// <summary>Paints the latent, which is the frame's number, and insists on being asked for what it was given.</summary>
    private sealed class Decoder(int batch) : ISegmentModel
    {
        private int decoded;

        public long FailAt { get; init; } = -1;

        public int Decoded => Volatile.Read(ref decoded);

        public int LatentLength => 2;

        public int DecodeBatch => batch;

        public void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken)
        {
            int count = rgbFHWC.Length / FrameBytes;
            Assert.Equal(count * 2, latentsFL.Length);
            for (int f = 0; f < count; f++)
            {
                Assert.Equal(firstFrame + f, (long)MathF.Round(latentsFL[f * 2]));
                if (firstFrame + f == FailAt)
                    throw new InvalidOperationException("hole");
                BitConverter.TryWriteBytes(rgbFHWC[(f * FrameBytes)..], (int)(firstFrame + f));
            }

            Interlocked.Add(ref decoded, count);
        }

        public void PredictVelocity(
            ReadOnlySpan<long> framesF, int timestep, double alphaBar, ReadOnlySpan<float> latentsFL, Span<float> velocityFL, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private sealed class Sink : IFrameSink
    {
        public List<long> Frames { get; } = [];

        public long FailAt { get; init; } = -1;

        /// <summary>Frames are taken only when it is open.</summary>
        public TaskCompletionSource? Gate { get; init; }

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask WriteAsync(long frame, ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
        {
            Waiting.TrySetResult();
            if (Gate is not null)
                await Gate.Task.WaitAsync(cancellationToken);
            if (frame == FailAt)
                throw new IOException("full");
            Assert.Equal((int)frame, BitConverter.ToInt32(rgb.Span));
            Frames.Add(frame);
        }
    }
}
