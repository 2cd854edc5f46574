using System.Globalization;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests;

/// <summary>The official numbers at a tiny width.</summary>
internal static class Golden
{
    public static string Folder => SharedFolder.At("goldens/echomimic-v2-tiny");

    public static NpyFile Npy(string relativePath) => NpyFile.Read(Path.Combine(Folder, relativePath));

    public static float[] Floats(string relativePath) => Npy(relativePath).Floats();

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        int worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            if (!(difference <= largest)) // a NaN is the worst of all
                (worst, largest) = (i, difference);
        }

        Assert.True(largest <= tolerance, string.Create(CultureInfo.InvariantCulture,
            $"{what}: max |Δ| {largest:g4} at {worst} (expected {expected[worst]:g7}, got {actual[worst]:g7}), tolerance {tolerance:g2}"));
    }
}
