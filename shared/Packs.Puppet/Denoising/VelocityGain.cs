namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>The matrix that turns noisy motion into the velocity of the ideal denoiser.</summary>
/// <remarks>
/// With x0 ~ N(μ, K) and x = √ᾱ·x0 + √(1−ᾱ)·ε, ε ~ N(0, I), the posterior means are (Bishop 2006, eq. 2.116)
/// x̂0 = μ + √ᾱ·K·r and ε̂ = √(1−ᾱ)·r with r = A⁻¹·(x − √ᾱ·μ), A = ᾱK + (1−ᾱ)I.
/// The velocity v = √ᾱ·ε̂ − √(1−ᾱ)·x̂0 is therefore −√(1−ᾱ)·μ + V·(x − √ᾱ·μ) with V = √(ᾱ(1−ᾱ))·(I − K)·A⁻¹,
/// which has no division by ᾱ or by 1−ᾱ and so holds at both ends of the schedule.
/// </remarks>
internal static class VelocityGain
{
    // A kernel over near frames is almost singular; this much of its variance is white, so that A can be inverted even at ᾱ = 1.
    private const double WhiteShare = 1e-9;

    /// <summary>V for one parameter, F × F.</summary>
    /// <param name="covarianceFF">K.</param>
    public static double[,] Of(double[,] covarianceFF, double alphaBar)
    {
        int count = covarianceFF.GetLength(0);
        double[,] noisy = new double[count, count];
        double[,] rest = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double white = i == j ? WhiteShare * Math.Max(covarianceFF[i, i], 1e-12) : 0;
                noisy[i, j] = (alphaBar * (covarianceFF[i, j] + white)) + (i == j ? 1 - alphaBar : 0);
                rest[i, j] = (i == j ? 1 : 0) - covarianceFF[i, j] - white;
            }
        }

        // K and A commute up to the white part that both hold, so (I − K)·A⁻¹ is the transposed solution of A·Y = I − K.
        double[,] solved = Cholesky.Solve(noisy, rest);
        double scale = Math.Sqrt(alphaBar * (1 - alphaBar));
        double[,] gain = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                gain[i, j] = scale * solved[j, i];
        }

        return gain;
    }
}
