namespace RenderFarm.Diffusion;

/// <summary>Signal power per training timestep: linear betas, rescaled so that the last timestep is pure noise.</summary>
/// <remarks>
/// Lin et al. 2023, arXiv:2305.08891, algorithm 1. Tables are rounded to float where the official pipeline (diffusers 0.31) holds float
/// tensors, sums of products run in double as its cumulative product does; what is left of the difference is below 2e-7.
/// </remarks>
public static class ZeroSnrSchedule
{
    public const int TimestepCount = 1000;

    private const double FirstBeta = 0.00085, LastBeta = 0.012;

    private static readonly float[] Table = Build();

    /// <summary>ᾱ at every timestep, falling from almost 1 to exactly 0.</summary>
    public static ReadOnlySpan<float> AlphaBars => Table;

    private static float[] Build()
    {
        float[] alphas = new float[TimestepCount];
        for (int t = 0; t < TimestepCount; t++)
            alphas[t] = 1 - (float)(FirstBeta + ((LastBeta - FirstBeta) / (TimestepCount - 1) * t));

        float[] roots = [.. CumulativeProduct(alphas).Select(MathF.Sqrt)];
        float last = roots[^1];
        float scale = roots[0] / (roots[0] - last);
        float[] rescaled = [.. roots.Select(root => (root - last) * scale).Select(root => root * root)];

        // The official tables go through betas once more, which moves the last digit.
        for (int t = TimestepCount - 1; t > 0; t--)
            alphas[t] = 1 - (1 - (rescaled[t] / rescaled[t - 1]));
        alphas[0] = 1 - (1 - rescaled[0]);
        return CumulativeProduct(alphas);
    }

    private static float[] CumulativeProduct(float[] factors)
    {
        double product = 1;
        return [.. factors.Select(factor => (float)(product *= factor))];
    }
}
