using RenderFarm.Coordinator.Jobs;

namespace RenderFarm.Coordinator.Progress;

/// <summary>Frames per second with their uncertainty; both null before there is anything to measure.</summary>
/// <param name="FramesPerSecond">Mean over the samples.</param>
/// <param name="StandardError">Of that mean, from the scatter between pieces of the time; null while there are too few pieces.</param>
public readonly record struct RateEstimate(double? FramesPerSecond, double? StandardError)
{
    private const int Pieces = 8;

    /// <summary>Two-sided 90 % of Student's t for 7 degrees of freedom (<see cref="Pieces"/> − 1).</summary>
    private const double Quantile = 1.895;

    /// <summary>Without a scatter to go by, the rate may be off by this factor either way.</summary>
    private const double UnknownFactor = 2;

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    public static RateEstimate From(IReadOnlyList<RateSample> samples)
    {
        if (samples.Count < 2 || samples[^1].At - samples[0].At < s_shortest)
            return default;
        double rate = Math.Max(0, Slope(samples[0], samples[^1]));
        if (samples.Count <= Pieces)
            return new(rate, null);
        double[] rates = new double[Pieces];
        for (int piece = 0; piece < Pieces; piece++)
            rates[piece] = Slope(samples[(samples.Count - 1) * piece / Pieces], samples[(samples.Count - 1) * (piece + 1) / Pieces]);
        double mean = rates.Average();
        double variance = rates.Sum(r => (r - mean) * (r - mean)) / (Pieces - 1);
        return new(rate, Math.Sqrt(variance / Pieces));
    }

    /// <summary>Time until the frames that are left are done at this rate; null when the rate is unknown or zero.</summary>
    public TimeLeft? TimeFor(double framesLeft)
    {
        if (FramesPerSecond is not > 0)
            return null;
        double rate = FramesPerSecond.Value;
        double fast = StandardError is double error ? rate + (Quantile * error) : rate * UnknownFactor;
        double slow = StandardError is double scatter ? rate - (Quantile * scatter) : rate / UnknownFactor;
        slow = Math.Max(slow, rate / 10); // a bound that says "for ever" helps nobody
        return new(Seconds(framesLeft / rate), Seconds(framesLeft / fast), Seconds(framesLeft / slow));
    }

    private static double Slope(RateSample from, RateSample to)
    {
        double seconds = (to.At - from.At).TotalSeconds;
        return seconds > 0 ? (to.FramesDone - from.FramesDone) / seconds : 0;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
}
