namespace RenderFarm.Packs.EchoMimicV2.Speech;

/// <summary>
/// 80 triangular filters on the mel scale of Slaney's Auditory Toolbox (1998): linear below 1 kHz at 200/3 Hz per mel, logarithmic above with 27 mels per
/// factor 6.4, each scaled to unit area (2 / width in Hz). For 201 bins of a 400-point transform at 16 kHz.
/// </summary>
public sealed class MelFilterBank
{
    public const int Bands = 80;

    private const double LinearHzPerMel = 200.0 / 3;
    private const double LogStartHz = 1000;
    private const double LogStartMel = LogStartHz / LinearHzPerMel;
    private const double MelsPerLogStep = 27;
    private const double LogStep = 6.4;
    private const double HighestHz = 8000;
    private const double HzPerBin = 40;
    private const int Bins = 201;

    private readonly (int FirstBin, double[] Weights)[] _bands = [.. Enumerable.Range(0, Bands).Select(Band)];

    /// <summary>The weight of a bin in a band.</summary>
    public double Weight(int band, int bin)
    {
        (int first, double[] weights) = _bands[band];
        return bin >= first && bin < first + weights.Length ? weights[bin - first] : 0;
    }

    /// <summary>Energy per band.</summary>
    /// <param name="powerBins">201 squared magnitudes.</param>
    public void Apply(ReadOnlySpan<double> powerBins, Span<double> bands)
    {
        for (int band = 0; band < Bands; band++)
        {
            (int first, double[] weights) = _bands[band];
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * powerBins[first + i];
            bands[band] = sum;
        }
    }

    private static (int FirstBin, double[] Weights) Band(int band)
    {
        double top = ToMel(HighestHz);
        double Edge(int index) => ToHz(top * index / (Bands + 1));
        double low = Edge(band), peak = Edge(band + 1), high = Edge(band + 2);
        double[] weights = new double[Bins];
        for (int bin = 0; bin < Bins; bin++)
        {
            double hz = bin * HzPerBin;
            weights[bin] = Math.Max(0, Math.Min((hz - low) / (peak - low), (high - hz) / (high - peak))) * 2 / (high - low);
        }

        int first = Array.FindIndex(weights, weight => weight > 0);
        int last = Array.FindLastIndex(weights, weight => weight > 0);
        return first < 0 ? (0, []) : (first, weights[first..(last + 1)]);
    }

    private static double ToMel(double hz) =>
        hz < LogStartHz ? hz / LinearHzPerMel : LogStartMel + (Math.Log(hz / LogStartHz) / Math.Log(LogStep) * MelsPerLogStep);

    private static double ToHz(double mel) =>
        mel < LogStartMel ? mel * LinearHzPerMel : LogStartHz * Math.Exp((mel - LogStartMel) * Math.Log(LogStep) / MelsPerLogStep);
}
