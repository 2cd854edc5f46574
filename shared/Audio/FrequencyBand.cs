using System.Numerics.Tensors;

namespace RenderFarm.Audio;

/// <summary>The bins of a power spectrum whose centre lies in [LowHz, HighHz].</summary>
public readonly record struct FrequencyBand
{
    private FrequencyBand(int firstBin, int endBin, double hzPerBin) => (FirstBin, EndBin, HzPerBin) = (firstBin, endBin, hzPerBin);

    public int FirstBin { get; }

    public int EndBin { get; }

    public double HzPerBin { get; }

    /// <param name="lowHz">Lowest bin centre that counts.</param>
    /// <param name="highHz">Highest bin centre that counts.</param>
    /// <param name="sampleRateHz">Rate of the samples behind the spectrum.</param>
    /// <param name="fftSize">Length of the transform behind the spectrum.</param>
    public static FrequencyBand Of(double lowHz, double highHz, int sampleRateHz, int fftSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowHz);
        ArgumentOutOfRangeException.ThrowIfLessThan(highHz, lowHz);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highHz, sampleRateHz / 2.0);
        double hzPerBin = (double)sampleRateHz / fftSize;
        return new FrequencyBand((int)Math.Ceiling(lowHz / hzPerBin), (int)Math.Floor(highHz / hzPerBin) + 1, hzPerBin);
    }

    /// <summary>Sum of the power in the band.</summary>
    public float Energy(ReadOnlySpan<float> power) => TensorPrimitives.Sum(power[FirstBin..EndBin]);

    /// <summary>Spectral centroid within the band in Hz, power-weighted; the middle of the band where there is no power.</summary>
    public double CentroidHz(ReadOnlySpan<float> power)
    {
        double energy = 0;
        double moment = 0;
        for (int k = FirstBin; k < EndBin; k++)
        {
            energy += power[k];
            moment += (double)power[k] * k;
        }

        return HzPerBin * (energy > 0 ? moment / energy : 0.5 * (FirstBin + EndBin - 1));
    }
}
