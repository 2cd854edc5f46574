namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Weights of the Catmull-Rom cubic for 256 places between two texels, in 1/32768.</summary>
/// <remarks>
/// Keys 1981 with a = −1/2. On a texture twice as fine as the video it keeps 99 % of the detail at half the video's limit wherever a pixel falls
/// between the texels, where a bilinear read would swing between 92 and 100 % as the head moves.
/// </remarks>
internal static class CubicWeights
{
    public const int Phases = 256;

    public const int Taps = 4;

    /// <summary>Phase × tap; tap 1 is the texel at or before the place.</summary>
    public static short[] Table { get; } = BuildTable();

    /// <summary>Phase × 16: each weight four times, for the channels of its texel.</summary>
    public static short[] WideTable { get; } = [.. Table.SelectMany(weight => Enumerable.Repeat(weight, 4))];

    /// <summary>The product of a value and a weight, rounded, as PMULHRSW computes it.</summary>
    public static int Multiply(int value, short weight) => ((value * weight) + 0x4000) >> 15;

    private static short[] BuildTable()
    {
        short[] table = new short[Phases * Taps];
        for (int phase = 0; phase < Phases; phase++)
        {
            double t = phase / (double)Phases;
            Span<short> weights = table.AsSpan(phase * Taps, Taps);
            weights[0] = Rounded(0.5 * t * ((t * (2 - t)) - 1));
            weights[2] = Rounded(0.5 * t * ((t * (4 - (3 * t))) + 1));
            weights[3] = Rounded(0.5 * t * t * (t - 1));
            weights[1] = (short)Math.Min(short.MaxValue, 32768 - weights[0] - weights[2] - weights[3]);
        }

        return table;
    }

    private static short Rounded(double weight) => (short)Math.Round(32768 * weight);
}
