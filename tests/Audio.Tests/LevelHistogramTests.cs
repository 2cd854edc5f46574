using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Audio.Tests;

public class LevelHistogramTests
{
    [Fact]
    public void A_percentile_is_that_of_the_sorted_levels_within_one_bin() =>
        Prop.ForAll<NonEmptyArray<byte>, byte>((levels, share) =>
        {
            double[] sorted = [.. levels.Get.Select(level => -level / 2.0).Order()];
            var histogram = new LevelHistogram();
            foreach (double level in sorted)
                histogram.Add(level);
            double wanted = share / 255.0;
            double expected = sorted[Math.Max(0, (int)Math.Ceiling(wanted * sorted.Length) - 1)];
            return Math.Abs(histogram.Percentile(wanted) - expected) <= 1.0 / 16;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Levels_below_the_gate_do_not_count()
    {
        var histogram = new LevelHistogram();
        for (int i = 0; i < 1000; i++)
            histogram.Add(-70);
        histogram.Add(-20);
        histogram.Add(-10);
        Assert.Equal(-70, histogram.Percentile(0.5));
        Assert.Equal(-20, histogram.Percentile(0.5, gateDb: -40));
    }

    [Fact]
    public void Without_levels_there_is_no_percentile()
    {
        Assert.True(double.IsNaN(new LevelHistogram().Percentile(0.5)));
        Assert.Equal(double.NegativeInfinity, new LevelHistogram().MeanPowerDb());
    }

    [Fact]
    public void Mean_power_is_dominated_by_the_loud_part()
    {
        var histogram = new LevelHistogram();
        for (int i = 0; i < 50; i++)
        {
            histogram.Add(-20);
            histogram.Add(-80);
        }

        Assert.Equal(-20 + (10 * Math.Log10(0.5)), histogram.MeanPowerDb(), 0.01);
    }

    [Theory]
    [InlineData(double.NegativeInfinity, -160)]
    [InlineData(double.NaN, -160)]
    [InlineData(1e9, 60)]
    public void Levels_outside_count_at_the_nearest_end(double level, double expected)
    {
        var histogram = new LevelHistogram();
        histogram.Add(level);
        Assert.Equal(expected, histogram.Percentile(0.5));
    }
}
