namespace RenderFarm.Packs.Puppet.Tests.Support;

internal static class Statistics
{
    /// <summary>Pearson's correlation of two series of equal length.</summary>
    public static double Correlation(IReadOnlyList<float> a, IReadOnlyList<float> b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double both = 0, squareA = 0, squareB = 0;
        for (int i = 0; i < a.Count; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        return both / Math.Sqrt(squareA * squareB);
    }
}
