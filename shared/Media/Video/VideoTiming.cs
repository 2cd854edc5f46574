using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Media;

/// <summary>How frame numbers become timestamps: a clock in which every frame lasts a whole number of ticks.</summary>
/// <param name="TicksPerSecond">Timescale of the track and of the file.</param>
/// <param name="TicksPerFrame">Ticks of one frame.</param>
public readonly record struct VideoTiming(int TicksPerSecond, int TicksPerFrame)
{
    /// <summary>Players expect clocks about this fine; the file's own clock must not be coarser than a frame.</summary>
    private const int FinestWanted = 10000;

    public static VideoTiming Of(FrameRate rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Denominator);
        int factor = 1;
        while ((long)rate.Numerator * factor < FinestWanted)
            factor *= 2;
        return new VideoTiming(rate.Numerator * factor, checked(rate.Denominator * factor));
    }

    /// <summary>A rate as ffmpeg reads it.</summary>
    public static string Text(FrameRate rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.Numerator}/{rate.Denominator}");
}
