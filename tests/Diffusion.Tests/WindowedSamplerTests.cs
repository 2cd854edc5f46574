using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;
using RenderFarm.TestSupport;
using RenderFarm.Timeline;
using RenderFarm.Timeline.Tests;
using Xunit.Abstractions;

namespace RenderFarm.Diffusion.Tests;

public sealed class WindowedSamplerTests(ITestOutputHelper output)
{
    private const int LatentLength = 37; // no multiple of any vector width

    [Theory]
    [InlineData(WindowClosing.Line, 150, 6, 420)]
    [InlineData(WindowClosing.Line, 397, 30, 3407)]
    [InlineData(WindowClosing.Ring, 150, 6, 420)]
    [InlineData(WindowClosing.Ring, 397, 30, 3407)]
    [InlineData(WindowClosing.Line, 7, 6, 1)]
    [InlineData(WindowClosing.Ring, 7, 6, 1)]
    [InlineData(WindowClosing.Ring, 13, 6, 1)]
    public void In_one_piece_it_is_the_official_loop_over_all_windows(WindowClosing closing, int frameCount, int stepCount, ulong seed)
    {
        float[][] expected = OfficialLoop(closing, frameCount, stepCount, seed);
        using DenoisedFrames actual = Sample(closing, frameCount, stepCount, seed, new(0, frameCount));
        AssertSameBits(expected, actual);
    }

    [Theory]
    [InlineData(WindowClosing.Line, 6)]
    [InlineData(WindowClosing.Line, 30)]
    [InlineData(WindowClosing.Ring, 6)]
    [InlineData(WindowClosing.Ring, 30)]
    public void Any_cut_of_the_timeline_gives_equal_bits(WindowClosing closing, int stepCount) =>
        Prop.ForAll(Arb.From(
            from frameCount in Gen.Choose(1, 260)
            from cuts in Gen.Choose(1, frameCount).ListOf(3)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (frameCount, cuts, (ulong)seed)), drawn =>
        {
            (int frameCount, IReadOnlyList<int> cuts, ulong seed) = drawn;
            float[][] whole = OfficialLoop(closing, frameCount, stepCount, seed);
            long first = 0;
            foreach (int end in cuts.Append(frameCount).Distinct().Order())
            {
                using DenoisedFrames piece = Sample(closing, frameCount, stepCount, seed, new(first, end));
                AssertSameBits(whole, piece);
                first = end;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(stepCount == 6 ? 40 : 10));

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void Segments_with_borders_agree_with_each_other_and_with_one_piece(WindowClosing closing)
    {
        const int FrameCount = 480;
        float[][] whole = OfficialLoop(closing, FrameCount, 6, 7);
        foreach (PlannedSegment segment in SegmentPlan.Cut(FrameCount, new() { NominalFrames = 72, SearchFrames = 9 }, RampOfLoudness(FrameCount)))
        {
            using DenoisedFrames piece = Sample(closing, FrameCount, 6, 7, segment.Rendered);
            AssertSameBits(whole, piece);
        }
    }

    [Theory]
    [InlineData(WindowClosing.Line, 0, 30)]
    [InlineData(WindowClosing.Line, 60, 96)]
    [InlineData(WindowClosing.Ring, 0, 30)]
    [InlineData(WindowClosing.Ring, 60, 96)]
    public void Exactly_the_windows_of_the_cone_are_evaluated_each_once(WindowClosing closing, long first, long end)
    {
        EntanglingDenoiser denoiser = new(LatentLength);
        WindowedSampler sampler = Sampler(closing, 150, 6, 420);
        using DenoisedFrames _ = sampler.Sample(denoiser, new(first, end), null, CancellationToken.None);
        DependencyCone cone = sampler.ConeOf(new(first, end));
        IEnumerable<(int, long[])> expected = new DdimScheduler(6).Steps.SelectMany((step, index) => cone.WindowsOf(index).Select(window =>
            (step.Timestep, Enumerable.Range(0, window.Count).Select(k => cone.Grid.Wrap(window.First + k)).ToArray())));
        Assert.Equal(expected, denoiser.Evaluations);
        Assert.Equal(cone.EvaluationCount, denoiser.Evaluations.Count);
    }

    [Fact]
    public void The_cost_of_a_segment_is_what_the_readme_says()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "shared", "Diffusion", "README.md"));
        int[] lengths = [48, 120, 240, 480, 600, 1200];
        string[] rows = [.. lengths.Select(frames => $"| {frames} | {Cost(frames, 6)} | {Cost(frames, 30)} |")];
        output.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, readme, StringComparison.Ordinal));

        static string Cost(int frames, int stepCount)
        {
            WindowedSampler sampler = Sampler(WindowClosing.Line, 86_400, stepCount, 0);
            long evaluations = sampler.ConeOf(new(43_200, 43_200 + frames)).EvaluationCount;
            double share = (double)sampler.ConeOf(new(0, 86_400)).EvaluationCount * frames / 86_400;
            return FormattableString.Invariant($"{evaluations} | {share:F0}");
        }
    }

    [Fact]
    public void Memory_and_time_depend_on_the_piece_not_on_the_timeline()
    {
        // A trillion frames: anything proportional to the timeline would not end.
        using DenoisedFrames piece = Sample(WindowClosing.Line, 1L << 40, 6, 1, new((1L << 40) - 10, 1L << 40));
        Assert.Null(piece.FirstNonFiniteFrame());
    }

    [Fact]
    public void Progress_rises_with_every_evaluation_and_ends_at_one()
    {
        Collected reports = new();
        WindowedSampler sampler = Sampler(WindowClosing.Line, 150, 6, 420);
        using DenoisedFrames _ = sampler.Sample(new EntanglingDenoiser(LatentLength), new(60, 96), reports, CancellationToken.None);
        long count = sampler.ConeOf(new(60, 96)).EvaluationCount;
        Assert.Equal(Enumerable.Range(1, (int)count).Select(done => (double)done / count), reports.Values.Select(report => report.Fraction));
        Assert.Equal(Enumerable.Range(0, 6), reports.Values.Select(report => report.StepIndex).Distinct());
        Assert.All(reports.Values, report => Assert.Equal(6, report.StepCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Cancelling_stops_before_the_next_evaluation(int evaluations)
    {
        using CancellationTokenSource cancellation = new();
        int left = evaluations;
        EntanglingDenoiser denoiser = new(LatentLength)
        {
            BeforeEvaluation = () =>
            {
                if (--left == 0)
                    cancellation.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() =>
            Sampler(WindowClosing.Line, 150, 6, 420).Sample(denoiser, new(60, 96), null, cancellation.Token));
        Assert.Equal(evaluations, denoiser.Evaluations.Count);
    }

    [Fact]
    public void A_cancelled_run_does_not_even_start()
    {
        EntanglingDenoiser denoiser = new(LatentLength);
        Assert.Throws<OperationCanceledException>(() =>
            Sampler(WindowClosing.Ring, 150, 6, 420).Sample(denoiser, new(60, 96), null, new CancellationToken(canceled: true)));
        Assert.Empty(denoiser.Evaluations);
    }

    [Fact]
    public void The_network_always_reads_and_writes_on_a_64_byte_boundary()
    {
        EntanglingDenoiser denoiser = new(LatentLength);
        using DenoisedFrames _ = Sampler(WindowClosing.Ring, 150, 6, 420).Sample(denoiser, new(3, 40), null, CancellationToken.None);
        Assert.All(denoiser.Addresses, address => Assert.Equal(0, address % 64));
    }

    [Fact]
    public void A_failing_network_is_not_hidden()
    {
        EntanglingDenoiser denoiser = new(LatentLength) { BeforeEvaluation = () => throw new InvalidOperationException("the device is gone") };
        Assert.Throws<InvalidOperationException>(() => Sampler(WindowClosing.Line, 150, 6, 420).Sample(denoiser, new(0, 9), null, CancellationToken.None));
    }

    [Fact]
    public void Noise_may_come_from_elsewhere()
    {
        // One step, a network that predicts nothing: what comes out is the noise times a factor.
        WindowedSampler sampler = new(WindowGrid.Create(WindowClosing.Ring, WindowGeometry.Official, 20), new DdimScheduler(1), (frame, noiseL) => noiseL.Fill(frame));
        using DenoisedFrames frames = sampler.Sample(new SilentDenoiser(), new(3, 20), null, CancellationToken.None);
        DdimStep step = Assert.Single(new DdimScheduler(1).Steps);
        float[] expected = [19f];
        step.Advance(expected, [0f]);
        Assert.Equal(expected[0], frames[19][0]);
    }

    [Fact]
    public void Rows_of_consecutive_frames_lie_behind_each_other()
    {
        using DenoisedFrames frames = Sample(WindowClosing.Ring, 40, 6, 9, new(5, 20));
        ReadOnlySpan<float> rows = frames.Rows(new(7, 12));
        Assert.Equal(5 * LatentLength, rows.Length);
        Assert.True(rows[..LatentLength].SequenceEqual(frames[7]) && rows[^LatentLength..].SequenceEqual(frames[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => frames[20][0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => frames[4][0]);
    }

    [Fact]
    public void A_broken_frame_is_found()
    {
        WindowedSampler sampler = new(
            WindowGrid.Create(WindowClosing.Line, WindowGeometry.Official, 20), new DdimScheduler(6), (frame, noiseL) => noiseL.Fill(frame == 8 ? float.NaN : 1));
        using DenoisedFrames frames = sampler.Sample(new SilentDenoiser(), new(0, 20), null, CancellationToken.None);
        Assert.Equal(8, frames.FirstNonFiniteFrame());
    }

    [Fact]
    public void Disposed_frames_cannot_be_read()
    {
        DenoisedFrames frames = Sample(WindowClosing.Line, 20, 1, 9, new(0, 20));
        frames.Dispose();
        frames.Dispose();
        Assert.Throws<ObjectDisposedException>(() => frames[0][0]);
    }

    private static DenoisedFrames Sample(WindowClosing closing, long frameCount, int stepCount, ulong seed, FrameRange frames) =>
        Sampler(closing, frameCount, stepCount, seed).Sample(new EntanglingDenoiser(LatentLength), frames, null, CancellationToken.None);

    private static WindowedSampler Sampler(WindowClosing closing, long frameCount, int stepCount, ulong seed) =>
        new(WindowGrid.Create(closing, WindowGeometry.Official, frameCount), new DdimScheduler(stepCount), seed);

    /// <summary>The whole clip at once, as the pipelines section of the goldens' README tells it: sum, count, divide, step.</summary>
    private static float[][] OfficialLoop(WindowClosing closing, int frameCount, int stepCount, ulong seed)
    {
        EntanglingDenoiser denoiser = new(LatentLength);
        float[][] latents = [.. Enumerable.Range(0, frameCount).Select(_ => new float[LatentLength])];
        for (int frame = 0; frame < frameCount; frame++)
            FrameNoise.Fill(seed, frame, latents[frame], 1.5f);
        DdimScheduler scheduler = new(stepCount);
        for (int step = 0; step < stepCount; step++)
        {
            float[][] sums = [.. latents.Select(_ => new float[LatentLength])];
            int[] counts = new int[frameCount];
            foreach (long[] window in WindowOracle.Windows(closing, WindowGeometry.Official, frameCount, step))
            {
                float[] velocity = new float[window.Length * LatentLength];
                float[] input = [.. window.SelectMany(frame => latents[frame])];
                denoiser.PredictVelocity(window, scheduler.Steps[step].Timestep, scheduler.Steps[step].AlphaBar, input, velocity, CancellationToken.None);
                for (int k = 0; k < window.Length; k++)
                {
                    counts[window[k]]++;
                    for (int i = 0; i < LatentLength; i++)
                        sums[window[k]][i] += velocity[(k * LatentLength) + i];
                }
            }
            for (int frame = 0; frame < frameCount; frame++)
                scheduler.Steps[step].Advance(latents[frame], [.. sums[frame].Select(sum => sum / counts[frame])]);
        }
        return latents;
    }

    private static void AssertSameBits(float[][] whole, DenoisedFrames piece)
    {
        for (long frame = piece.Frames.First; frame < piece.Frames.End; frame++)
            Assert.True(piece[frame].SequenceEqual(whole[frame]), $"frame {frame} of {piece.Frames} differs from the whole timeline");
    }

    private static byte[] RampOfLoudness(int frameCount) => [.. Enumerable.Range(0, frameCount).Select(frame => (byte)(frame * 37))];

    private sealed class SilentDenoiser : IDenoiser
    {
        public int LatentLength => 3;

        public void PredictVelocity(
            ReadOnlySpan<long> framesF, int timestep, double alphaBar, ReadOnlySpan<float> latentsFL, Span<float> velocityFL, CancellationToken cancellationToken) =>
            velocityFL.Clear();
    }

    private sealed class Collected : IProgress<SamplingProgress>
    {
        public List<SamplingProgress> Values { get; } = [];

        public void Report(SamplingProgress value) => Values.Add(value);
    }
}
