using RenderFarm.Imaging;

namespace RenderFarm.Packs.EchoMimicV2.Pictures;

/// <summary>
/// Resizes 8-bit pictures with the very bits of Pillow's resampler: separable, horizontal pass first and rounded to 8 bits, weights with 22 fractional bits.
/// The network was trained on what that filter leaves of a picture.
/// </summary>
public static class PillowResize
{
    private const int FractionBits = 22;

    public static RgbImage Resize(RgbImage image, int width, int height, PictureFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] narrow = new byte[width * image.Height * 3];
        Taps[] horizontal = MakeTaps(image.Width, width, filter);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < width; x++)
                Apply(horizontal[x], image.PixelsHWC, y * image.Width * 3, 3, narrow.AsSpan(((y * width) + x) * 3, 3));
        }

        byte[] small = new byte[width * height * 3];
        Taps[] vertical = MakeTaps(image.Height, height, filter);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Apply(vertical[y], narrow, x * 3, width * 3, small.AsSpan(((y * width) + x) * 3, 3));
        }

        return new RgbImage(width, height, small);
    }

    private static void Apply(in Taps taps, byte[] from, int start, int stride, Span<byte> rgb)
    {
        long r = 1 << (FractionBits - 1), g = r, b = r;
        int at = start + (taps.First * stride);
        foreach (int weight in taps.Weights)
        {
            r += (long)weight * from[at];
            g += (long)weight * from[at + 1];
            b += (long)weight * from[at + 2];
            at += stride;
        }

        rgb[0] = Clip(r);
        rgb[1] = Clip(g);
        rgb[2] = Clip(b);
    }

    private static byte Clip(long sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    private static Taps[] MakeTaps(int from, int to, PictureFilter filter)
    {
        double scale = (double)from / to;
        double stretch = Math.Max(scale, 1);
        double support = stretch * (filter == PictureFilter.Lanczos ? 3 : 2);
        Taps[] taps = new Taps[to];
        for (int x = 0; x < to; x++)
        {
            double centre = (x + 0.5) * scale;
            int first = Math.Max((int)(centre - support + 0.5), 0);
            int end = Math.Min((int)(centre + support + 0.5), from);
            double[] weights = new double[end - first];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = Value(filter, (i + first - centre + 0.5) / stretch);
            double sum = weights.Sum();
            taps[x] = new Taps(first, [.. weights.Select(weight => ToFixed(weight / sum))]);
        }

        return taps;
    }

    private static int ToFixed(double weight) =>
        weight < 0 ? (int)(-0.5 + (weight * (1 << FractionBits))) : (int)(0.5 + (weight * (1 << FractionBits)));

    private static double Value(PictureFilter filter, double x) => filter == PictureFilter.Lanczos ? Lanczos(x) : Bicubic(Math.Abs(x));

    private static double Lanczos(double x) => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    /// <summary>Keys 1981, a = −0.5.</summary>
    private static double Bicubic(double x)
    {
        const double a = -0.5;
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a
            : 0;
    }

    private readonly record struct Taps(int First, int[] Weights);
}
