using System.Text.Json;
using RenderFarm.Contracts;
using RenderFarm.TestSupport;

namespace RenderFarm.Timeline.Tests;

public sealed class WindowGridTests
{
    [SharedFact]
    public void A_ring_has_the_windows_of_the_official_pipeline()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(SharedFolder.At("goldens/echomimic-v2-tiny/07_context/windows.json")));
        int compared = 0;
        foreach (JsonProperty clip in golden.RootElement.GetProperty("by_num_frames").EnumerateObject())
        {
            long frameCount = long.Parse(clip.Name, System.Globalization.CultureInfo.InvariantCulture);
            WindowGrid grid = WindowGrid.Create(WindowClosing.Ring, WindowGeometry.Official, frameCount);
            foreach (int step in new[] { 0, 1, 5, 29 })
            {
                long[][] expected = clip.Value.GetProperty($"windows_step{step}").Deserialize<long[][]>()!;
                Assert.Equal(expected, grid.All(step).Select(window => Frames(grid, window)));
                compared += expected.Length;
            }
            Assert.Equal(clip.Value.GetProperty("num_windows").GetInt32(), grid.All(0).Count());
        }
        Assert.True(compared > 100, $"only {compared} windows compared");
    }

    [Theory]
    [InlineData(30, 0, new long[] { 0, 9, 18 })]
    [InlineData(30, 1, new long[] { 0, 3, 12, 18 })] // −6 is moved to 0, 21 to 18
    [InlineData(30, 2, new long[] { 0, 6, 15, 18 })]
    [InlineData(30, 3, new long[] { 0, 9, 18 })]
    [InlineData(20, 0, new long[] { 0, 8 })] // 9 and 18 both move to 8: one window, counted once
    [InlineData(12, 5, new long[] { 0 })]
    [InlineData(13, 0, new long[] { 0, 1 })]
    [InlineData(7, 4, new long[] { 0 })]
    public void A_line_moves_the_windows_at_its_ends_inside(long frameCount, int step, long[] starts)
    {
        WindowGrid grid = WindowGrid.Create(WindowClosing.Line, WindowGeometry.Official, frameCount);
        Assert.Equal(starts, grid.All(step).Select(window => window.First));
        Assert.All(grid.All(step), window => Assert.Equal(Math.Min(12, frameCount), window.Count));
    }

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void Windows_are_those_of_the_definition(WindowClosing closing) => Cases.ForAll((geometry, frameCount, step, _) =>
    {
        WindowGrid grid = WindowGrid.Create(closing, geometry, frameCount);
        Assert.Equal(WindowOracle.Windows(closing, geometry, frameCount, step), grid.All(step).Select(window => Frames(grid, window)));
    });

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void Every_frame_is_covered_by_full_windows(WindowClosing closing) => Cases.ForAll((geometry, frameCount, step, _) =>
    {
        WindowGrid grid = WindowGrid.Create(closing, geometry, frameCount);
        Assert.All(grid.All(step), window => Assert.Equal(Math.Min(geometry.Size, frameCount), window.Count));
        Assert.Equal(frameCount, grid.All(step).SelectMany(window => Frames(grid, window)).Distinct().Count());
    });

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void The_windows_around_a_range_are_those_that_hold_one_of_its_frames(WindowClosing closing) => Cases.ForAll((geometry, frameCount, step, range) =>
    {
        WindowGrid grid = WindowGrid.Create(closing, geometry, frameCount);
        List<long[]> expected = WindowOracle.Windows(closing, geometry, frameCount, step)
            .FindAll(window => window.Any(frame => frame >= range.First && frame < range.End));
        Assert.Equal(expected, grid.Touching(step, range).Select(window => Frames(grid, window)));
        Assert.Equal(expected.SelectMany(frames => frames).Distinct().Order(), Frames(grid, grid.Reach(step, range)).Order());
    });

    [Fact]
    public void A_ring_range_may_go_round_the_end() => Cases.ForAll((geometry, frameCount, step, range) =>
    {
        WindowGrid grid = WindowGrid.Create(WindowClosing.Ring, geometry, frameCount);
        FrameRange wrapping = new(range.End, range.First + frameCount);
        if (wrapping.IsEmpty)
            return;
        HashSet<long> frames = [.. Frames(grid, wrapping)];
        List<long[]> expected = WindowOracle.Windows(WindowClosing.Ring, geometry, frameCount, step).FindAll(window => window.Any(frames.Contains));
        Assert.Equal(expected, grid.Touching(step, wrapping).Select(window => Frames(grid, window)));
        Assert.Equal(expected.SelectMany(all => all).Distinct().Order(), Frames(grid, grid.Reach(step, wrapping)).Order());
    });

    [Theory]
    [InlineData(WindowClosing.Line)]
    [InlineData(WindowClosing.Ring)]
    public void A_range_in_a_timeline_of_years_costs_only_its_own_windows(WindowClosing closing)
    {
        // Enumerating the timeline would take days: this finishes only if nothing but the range is looked at.
        const long Years = 1L << 40;
        WindowGrid grid = WindowGrid.Create(closing, WindowGeometry.Official, Years);
        Assert.InRange(grid.Touching(29, new(Years / 2, (Years / 2) + 100)).Count(), 12, 13);
        Assert.InRange(DependencyCone.Of(grid, 30, new(Years - 100, Years)).Noise.Count, 100, 400);
    }

    [Fact]
    public void Impossible_geometry_and_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowGrid.Create(WindowClosing.Line, new(12, 12, 3), 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowGrid.Create(WindowClosing.Line, new(0, 0, 3), 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowGrid.Create(WindowClosing.Line, WindowGeometry.Official, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowGrid.Create((WindowClosing)7, WindowGeometry.Official, 10));
        WindowGrid line = WindowGrid.Create(WindowClosing.Line, WindowGeometry.Official, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Reach(0, new(90, 101)));
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Reach(0, new(9, 9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Touching(-1, new(0, 9)));
    }

    private static long[] Frames(WindowGrid grid, FrameWindow window) => Frames(grid, new FrameRange(window.First, window.End));

    private static long[] Frames(WindowGrid grid, FrameRange range) =>
        [.. Enumerable.Range(0, (int)range.Count).Select(k => grid.Wrap(range.First + k))];
}
