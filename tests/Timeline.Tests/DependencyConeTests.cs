using RenderFarm.Contracts;
using Xunit.Abstractions;

namespace RenderFarm.Timeline.Tests;

public sealed class DependencyConeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void The_cone_holds_exactly_the_frames_that_flow_into_the_wanted_ones(WindowClosing closing) => Cases.ForAll((geometry, frameCount, stepSeed, decode) =>
    {
        // No ranges, no shortcuts: for every frame before a step, which frames of the finished timeline would change with it?
        int stepCount = (stepSeed % 9) + 1;
        HashSet<long>[] sinks = [.. Frames(frameCount).Select(frame => new HashSet<long> { frame })];
        DependencyCone cone = DependencyCone.Of(WindowGrid.Create(closing, geometry, frameCount), stepCount, decode);
        for (int step = stepCount - 1; step >= 0; step--)
        {
            sinks = FlowThrough(WindowOracle.Windows(closing, geometry, frameCount, step), sinks, frameCount);
            IEnumerable<long> needed = Frames(frameCount).Where(frame => sinks[frame].Overlaps(Frames(decode)));
            Assert.Equal(needed, Frames(cone.Grid, cone.Steps[step].Input).Order());
        }
        Assert.Equal(decode, cone.Steps[^1].Output);
        Assert.All(cone.Steps.Zip(cone.Steps.Skip(1)), pair => Assert.Equal(pair.First.Output, pair.Second.Input));
    });

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void The_windows_of_a_step_are_exactly_those_that_change_its_output(WindowClosing closing) => Cases.ForAll((geometry, frameCount, stepSeed, decode) =>
    {
        DependencyCone cone = DependencyCone.Of(WindowGrid.Create(closing, geometry, frameCount), (stepSeed % 9) + 1, decode);
        foreach (ConeStep step in cone.Steps)
        {
            HashSet<long> wanted = [.. Frames(cone.Grid, step.Output)];
            IEnumerable<long[]> expected = WindowOracle.Windows(closing, geometry, frameCount, step.Step).Where(window => window.Any(wanted.Contains));
            Assert.Equal(expected, cone.WindowsOf(step.Step).Select(window => Frames(cone.Grid, new FrameRange(window.First, window.End)).ToArray()));
            Assert.Equal(step.WindowCount, cone.WindowsOf(step.Step).LongCount());
        }
        Assert.Equal(cone.EvaluationCount, cone.Steps.Sum(step => step.WindowCount));
        Assert.InRange(cone.Span.First, 0, decode.First);
        Assert.InRange(cone.Span.End, decode.End, frameCount);
        Assert.All(Frames(cone.Grid, cone.Noise), frame => Assert.InRange(frame, cone.Span.First, cone.Span.End - 1));
    });

    [Theory]
    [InlineData(60, 96, 36, 129)]
    [InlineData(66, 70, 45, 111)]
    public void The_cone_is_the_one_measured_on_the_official_network(long first, long end, long noiseFirst, long noiseEnd)
    {
        DependencyCone cone = Cone(WindowClosing.Line, 150, 6, new(first, end));
        Assert.Equal(new FrameRange(noiseFirst, noiseEnd), cone.Noise);
        Assert.Equal(cone.Noise, cone.Span);
    }

    [Theory]
    [InlineData(6, 26, 41)]
    [InlineData(30, 98, 185)]
    public void A_frame_far_from_the_ends_reaches_no_further_than_this(int stepCount, long before, long after)
    {
        long worstBefore = 0, worstAfter = 0;
        for (long frame = 500; frame < 500 + (9 * 12); frame++)
        {
            FrameRange noise = Cone(WindowClosing.Line, 1200, stepCount, new(frame, frame + 1)).Noise;
            worstBefore = Math.Max(worstBefore, frame - noise.First);
            worstAfter = Math.Max(worstAfter, noise.End - 1 - frame);
        }
        Assert.Equal((before, after), (worstBefore, worstAfter));
    }

    [Fact]
    public void A_cone_that_goes_round_the_ring_spans_the_timeline()
    {
        DependencyCone cone = Cone(WindowClosing.Ring, 240, 6, new(0, 10));
        Assert.True(cone.Noise.End > 240 && cone.Noise.Count < 240);
        Assert.Equal(new FrameRange(0, 240), cone.Span);
    }

    [Fact]
    public void The_cost_of_cutting_is_what_the_readme_says()
    {
        string readme = File.ReadAllText(Path.Combine(TestSupport.RepositoryRoot.Folder, "shared", "Timeline", "README.md"));
        string[] rows = [.. new long[] { 72, 240, 480, 600, 1200, 2400 }.Select(segment => $"| {segment} | {Overhead(segment, 6)} | {Overhead(segment, 30)} |")];
        output.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, readme, StringComparison.Ordinal));
    }

    /// <summary>Evaluations of all segments of a long lecture, borders included, over those of one piece; then the same for a rectangle.</summary>
    private static string Overhead(long segmentFrames, int stepCount)
    {
        const long FrameCount = 86_400;
        SegmentPlanOptions options = new() { NominalFrames = segmentFrames, SearchFrames = 0 };
        long whole = Cone(WindowClosing.Line, FrameCount, stepCount, new(0, FrameCount)).EvaluationCount;
        long cones = 0, rectangles = 0;
        foreach (PlannedSegment segment in SegmentPlan.Cut(FrameCount, options, []))
        {
            DependencyCone cone = Cone(WindowClosing.Line, FrameCount, stepCount, segment.Rendered);
            cones += cone.EvaluationCount;
            rectangles += cone.Steps.Sum(step => cone.Grid.Touching(step.Step, cone.Steps[0].Output).LongCount());
        }
        return FormattableString.Invariant($"{100.0 * (cones - whole) / whole:F1} % | {100.0 * (rectangles - whole) / whole:F1} %");
    }

    private static DependencyCone Cone(WindowClosing closing, long frameCount, int stepCount, FrameRange decode) =>
        DependencyCone.Of(WindowGrid.Create(closing, WindowGeometry.Official, frameCount), stepCount, decode);

    /// <summary>A frame flows into all frames it shares a window with, and from there on as they do.</summary>
    private static HashSet<long>[] FlowThrough(List<long[]> windows, HashSet<long>[] later, long frameCount)
    {
        HashSet<long>[] sinks = [.. Frames(frameCount).Select(_ => new HashSet<long>())];
        foreach (long[] window in windows)
            foreach (long frame in window)
                foreach (long neighbour in window)
                    sinks[frame].UnionWith(later[neighbour]);
        return sinks;
    }

    private static IEnumerable<long> Frames(long frameCount) => Frames(new FrameRange(0, frameCount));

    private static IEnumerable<long> Frames(FrameRange range) => Enumerable.Range(0, (int)range.Count).Select(k => range.First + k);

    private static IEnumerable<long> Frames(WindowGrid grid, FrameRange range) => Frames(range).Select(grid.Wrap);
}
