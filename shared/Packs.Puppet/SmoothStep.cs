namespace RenderFarm.Packs.Puppet;

/// <summary>The cubic step 3t² − 2t³ with t = (x − from)/(to − from) clamped to 0 … 1.</summary>
internal static class SmoothStep
{
    public static double Between(double from, double to, double x)
    {
        double t = Math.Clamp((x - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    public static float Of(float t)
    {
        t = MathF.Min(MathF.Max(t, 0), 1);
        return t * t * (3 - (2 * t));
    }
}
