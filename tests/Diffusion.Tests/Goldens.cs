using RenderFarm.TestSupport;

namespace RenderFarm.Diffusion.Tests;

/// <summary>Numbers of the official scheduler; the README beside them says how they were made.</summary>
internal static class Goldens
{
    public static string At(string name) => SharedFolder.At($"goldens/echomimic-v2-tiny/06_scheduler/{name}");

    public static float[] Floats(string name) => NpyFile.Read(At(name)).Floats();

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        int worst = 0;
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs((double)expected[i] - actual[i]) <= Math.Abs((double)expected[worst] - actual[worst])))
                worst = i;
        double delta = Math.Abs((double)expected[worst] - actual[worst]);
        Assert.True(delta <= tolerance, $"{what}: max |Δ| {delta:G3} at {worst}: expected {expected[worst]:R}, got {actual[worst]:R}");
    }
}
