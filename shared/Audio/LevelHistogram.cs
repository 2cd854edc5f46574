namespace RenderFarm.Audio;

/// <summary>Counts levels in decibels so that percentiles of a recording of any length take constant memory.</summary>
/// <remarks>Bins of 1/16 dB from −160 to +60 dB; what lies outside counts at the end it is nearest to. An answer is off by at most one bin.</remarks>
public sealed class LevelHistogram
{
    public const double FloorDb = -160;

    private const double BinsPerDb = 16;
    private const double CeilingDb = 60;

    private readonly long[] _counts = new long[(int)((CeilingDb - FloorDb) * BinsPerDb) + 1];

    public long Count { get; private set; }

    public void Add(double levelDb)
    {
        _counts[BinOf(levelDb)]++;
        Count++;
    }

    /// <summary>The level that the given share of all levels at or above <paramref name="gateDb"/> does not exceed; NaN where there is none.</summary>
    public double Percentile(double share, double gateDb = FloorDb)
    {
        int first = BinOf(gateDb);
        long total = 0;
        for (int bin = first; bin < _counts.Length; bin++)
            total += _counts[bin];
        if (total == 0)
            return double.NaN;

        long rank = Math.Clamp((long)Math.Ceiling(share * total), 1, total);
        int at = first;
        for (long seen = _counts[at]; seen < rank; seen += _counts[at])
            at++;
        return LevelOf(at);
    }

    /// <summary>Level of the mean power, in dB; −∞ where nothing was added.</summary>
    public double MeanPowerDb()
    {
        double power = 0;
        for (int bin = 0; bin < _counts.Length; bin++)
        {
            if (_counts[bin] > 0)
                power += _counts[bin] * Math.Pow(10, LevelOf(bin) / 10);
        }

        return 10 * Math.Log10(power / Math.Max(1, Count));
    }

    private static int BinOf(double levelDb) =>
        double.IsNaN(levelDb) ? 0 : (int)((Math.Clamp(levelDb, FloorDb, CeilingDb) - FloorDb) * BinsPerDb);

    private static double LevelOf(int bin) => FloorDb + (bin / BinsPerDb);
}
