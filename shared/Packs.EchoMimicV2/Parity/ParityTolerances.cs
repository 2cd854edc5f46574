namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>What single precision may differ, for values of unit scale. Two to twenty times what two correct implementations differ by.</summary>
internal static class ParityTolerances
{
    public const double Filters = 1e-8;
    public const double LogMel = 1e-4;
    public const double Speech = 1e-4;
    public const double Autoencoder = 1e-4;
    public const double Pose = 2e-4;
    public const double Reference = 3e-4;
    public const double Denoiser = 5e-4;
    public const double Schedule = 1e-6;
    public const double Step = 1e-5;
    public const double Latents = 1e-3;
    public const int FrameLevels = 1;

    private const double GuidedLatents = 3e-3;
    private const double UsualGuidance = 2.5;

    /// <summary>Guidance multiplies rounding as it multiplies everything else.</summary>
    public static double LatentsAt(float guidance) => guidance > 1 ? GuidedLatents * Math.Max(1, guidance / UsualGuidance) : Latents;

    /// <summary>A tolerance for values of unit scale, applied to values that may be larger: rounding grows with them.</summary>
    public static double Scaled(double tolerance, ReadOnlySpan<float> expected)
    {
        double squares = 0;
        foreach (float value in expected)
            squares += (double)value * value;
        return tolerance * Math.Max(1, Math.Sqrt(squares / Math.Max(1, expected.Length)));
    }
}
