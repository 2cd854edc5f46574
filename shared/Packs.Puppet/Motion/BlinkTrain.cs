namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>When the puppet blinks: a pure function of the seed and the absolute time.</summary>
/// <remarks>
/// Time is cut into cells of three seconds with one blink each, somewhere in the first part of its cell, so neighbours are 1.2 to 4.8 s apart
/// and any moment is answered without looking at the whole past. One blink in eight is a double one.
/// </remarks>
internal static class BlinkTrain
{
    private const double CellSeconds = 3.0;
    private const double JitterSeconds = 1.8;
    private const double FirstSeconds = 0.5;
    private const double DoubleAfterSeconds = 0.36;
    private const double DoubleShare = 0.125;
    private const double ShapeStepSeconds = 0.040;
    private const ulong TimePurpose = 0xB11;
    private const ulong DoublePurpose = 0xB12;

    // Closing takes 80 ms, opening 200 ms; a lid is fast down and slow up.
    private static readonly double[] Shape = [0, 0.45, 0.95, 1, 0.8, 0.5, 0.22, 0.06, 0];

    /// <summary>How far the lids are closed, 0 to 1.</summary>
    public static double At(ulong seed, double seconds)
    {
        long cell = (long)Math.Floor((seconds - FirstSeconds) / CellSeconds);
        return Math.Max(BlinkOf(seed, cell, seconds), BlinkOf(seed, cell - 1, seconds));
    }

    private static double BlinkOf(ulong seed, long cell, double seconds)
    {
        if (cell < 0)
            return 0;
        double start = FirstSeconds + (cell * CellSeconds) + (JitterSeconds * SeededNumbers.Uniform(seed, TimePurpose, (ulong)cell));
        double closed = ShapeAt(seconds - start);
        return SeededNumbers.Uniform(seed, DoublePurpose, (ulong)cell) < DoubleShare
            ? Math.Max(closed, ShapeAt(seconds - start - DoubleAfterSeconds))
            : closed;
    }

    private static double ShapeAt(double seconds)
    {
        double position = seconds / ShapeStepSeconds;
        if (position <= 0 || position >= Shape.Length - 1)
            return 0;
        int i = (int)position;
        return Shape[i] + ((position - i) * (Shape[i + 1] - Shape[i]));
    }
}
