namespace RenderFarm.TfLite.Tests;

internal static class Numbers
{
    /// <summary>Between -2 and 2, exact in float16, so that stored weights lose nothing.</summary>
    public static float[] Random(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-512, 513) / 256f)];
    }

    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        int worst = Enumerable.Range(0, expected.Length).MaxBy(i => Math.Abs((double)expected[i] - actual[i]));
        double difference = Math.Abs((double)expected[worst] - actual[worst]);
        Assert.True(difference <= tolerance, $"max |Δ| {difference:G3} at {worst}: expected {expected[worst]}, got {actual[worst]}");
    }
}
