namespace RenderFarm.Timeline.Tests;

public sealed class NormalQuantileTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.925, 1.4395314709384563)] // where the middle ends
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(1e-6, -4.753424308822899)]
    [InlineData(1e-9, -5.997807015007686)]
    public void It_gives_the_percentage_points_of_the_tables(double probability, double deviate) =>
        // p − ½ rounds p to 5.6e-17, which moves z by that over the density.
        Assert.Equal(deviate, NormalQuantile.At(probability - 0.5), 1e-13 + (1e-16 / Density(deviate)));

    [Fact]
    public void Many_at_once_have_the_bits_of_one_at_a_time()
    {
        double[] qs = [.. Enumerable.Range(0, 10_007).Select(i => (i - 5003) / 10_007.0)];
        double[] together = [.. qs];
        NormalQuantile.At(together);
        Assert.Equal(qs.Select(q => BitConverter.DoubleToInt64Bits(NormalQuantile.At(q))), together.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void It_rises_and_is_odd()
    {
        double[] qs = [.. Enumerable.Range(0, 4096).Select(i => (i + 0.5) / 8192)];
        double[] deviates = [.. qs.Select(NormalQuantile.At)];
        Assert.All(deviates.Zip(deviates.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(deviates.Select(z => -z), qs.Select(q => NormalQuantile.At(-q)));
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
