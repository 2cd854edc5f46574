using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>Exact arithmetic between frames, samples and seconds. Every rounding is to the nearest, halves away from zero.</summary>
public static class FrameRates
{
    /// <summary>Slowest and fastest rates a video may have, in frames per second.</summary>
    private const int Slowest = 1, Fastest = 240;

    /// <summary>Broadcast rates are these divided by 1.001; people write them with two or three decimals.</summary>
    private static readonly int[] BroadcastBases = [24, 30, 48, 60, 120, 240];

    extension(FrameRate rate)
    {
        /// <summary>Frames per second, for display and estimates.</summary>
        public double PerSecond => (double)rate.Numerator / rate.Denominator;

        /// <summary>Length of the timeline of a recording: round(seconds × rate), at least one frame.</summary>
        public long FrameCount(long sampleCount, int sampleRateHz)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRateHz);
            Check(rate);
            return Math.Max(1, DivideRounding((Int128)sampleCount * rate.Numerator, (Int128)sampleRateHz * rate.Denominator));
        }

        /// <summary>The sample that sounds when the frame appears.</summary>
        public long SampleAt(long frame, int sampleRateHz)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRateHz);
            Check(rate);
            return DivideRounding((Int128)frame * sampleRateHz * rate.Denominator, rate.Numerator);
        }

        /// <summary>Seconds from the start to the frame, to 28 digits; frame − 0.5 is the moment half a frame earlier.</summary>
        public decimal SecondsAt(decimal frame)
        {
            Check(rate);
            return frame * rate.Denominator / rate.Numerator;
        }

        /// <summary>Time from the start to the frame, to the nearest tick of 100 ns.</summary>
        public TimeSpan TimeAt(long frame)
        {
            Check(rate);
            return new(DivideRounding((Int128)frame * TimeSpan.TicksPerSecond * rate.Denominator, rate.Numerator));
        }

        /// <summary>The frame nearest to a time; also the frames in a duration.</summary>
        public long FrameAt(TimeSpan time)
        {
            Check(rate);
            return DivideRounding((Int128)time.Ticks * rate.Numerator, (Int128)TimeSpan.TicksPerSecond * rate.Denominator);
        }

        /// <summary>As ffmpeg and <see cref="Parse"/> read it: <c>24</c> or <c>30000/1001</c>.</summary>
        public string ToText() => rate.Denominator == 1
            ? rate.Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{rate.Numerator}/{rate.Denominator}");
    }

    /// <summary>Reads <c>24</c>, <c>30000/1001</c>, <c>12.5</c>; <c>29.97</c>, <c>23.976</c> and their like become the broadcast rates n·1000/1001.</summary>
    /// <exception cref="FormatException">Not a rate, or outside 1 to 240 frames per second.</exception>
    public static FrameRate Parse(string text) => TryParse(text, out FrameRate rate)
        ? rate
        : throw new FormatException(
            $"'{text}' is not a frame rate: write a number from {Slowest} to {Fastest} such as 24, 29.97 or 30000/1001.");

    public static bool TryParse(string? text, out FrameRate rate)
    {
        rate = default;
        string[] parts = (text ?? "").Trim().Split('/');
        return parts.Length switch
        {
            1 => TryDecimal(parts[0], out rate),
            2 => long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long numerator)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long denominator)
                && TryReduce(numerator, denominator, out rate),
            _ => false,
        };
    }

    private static bool TryDecimal(string text, out FrameRate rate)
    {
        rate = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value is < Slowest or > Fastest)
            return false;
        int decimals = value.Scale;
        foreach (int whole in BroadcastBases)
        {
            bool isBroadcast = decimals is >= 2 and <= 9
                && Math.Round(whole * 1000m / 1001m, decimals, MidpointRounding.AwayFromZero) == value;
            if (isBroadcast)
                return TryReduce(whole * 1000L, 1001, out rate);
        }
        if (decimals > 6)
            return false; // Some other quotient, rounded: only the quotient itself would keep an hour in sync.
        long scale = (long)Math.Pow(10, decimals);
        return TryReduce((long)(value * scale), scale, out rate);
    }

    private static bool TryReduce(long numerator, long denominator, out FrameRate rate)
    {
        rate = default;
        if (denominator <= 0 || numerator < denominator || numerator / denominator > Fastest
            || (numerator / denominator == Fastest && numerator % denominator != 0))
            return false;
        long divisor = GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        if (numerator > int.MaxValue)
            return false;
        rate = new((int)numerator, (int)denominator);
        return true;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    private static long DivideRounding(Int128 numerator, Int128 positiveDenominator)
    {
        Int128 half = positiveDenominator / 2;
        // For an odd denominator there is no exact half, so truncating it changes nothing.
        return checked((long)(numerator >= 0 ? (numerator + half) / positiveDenominator : (numerator - half) / positiveDenominator));
    }

    private static void Check(FrameRate rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Denominator);
    }
}
