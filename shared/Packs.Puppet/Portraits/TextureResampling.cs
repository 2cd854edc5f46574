using System.Numerics.Tensors;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Decoding;

namespace RenderFarm.Packs.Puppet.Portraits;

/// <summary>Makes the texture of a portrait: resampled to twice the video's grid and, where the portrait is finer, freed of detail the video cannot show.</summary>
/// <remarks>
/// Separable. A larger portrait is filtered with a Lanczos kernel of three lobes as wide as the video's pixels, a smaller one is enlarged with the
/// Catmull-Rom cubic, which does not ring. Edge pixels are repeated outside.
/// </remarks>
internal static class TextureResampling
{
    /// <summary>(2·size)² × 3 bytes; texel k lies at position k/2 + 0.5 of the video.</summary>
    public static byte[] Resample(RgbImage portrait, SquareCrop crop, int size)
    {
        int side = PuppetTexture.Oversampling * size;
        Taps columns = Taps.Of(crop.Left, crop.Side, portrait.Width, size, side);
        Taps rows = Taps.Of(crop.Top, crop.Side, portrait.Height, size, side);
        int firstRow = rows.First.Min();
        int rowCount = rows.First.Max() + rows.Length - firstRow;
        float[] wide = new float[rowCount * side * 3];
        for (int row = 0; row < rowCount; row++)
        {
            int from = Math.Clamp(firstRow + row, 0, portrait.Height - 1);
            AlongRow(portrait.PixelsHWC.AsSpan(from * portrait.Width * 3, portrait.Width * 3), columns, wide.AsSpan(row * side * 3, side * 3));
        }

        byte[] texels = new byte[side * side * 3];
        float[] sum = new float[side * 3];
        for (int y = 0; y < side; y++)
        {
            Array.Clear(sum);
            for (int tap = 0; tap < rows.Length; tap++)
            {
                ReadOnlySpan<float> row = wide.AsSpan((rows.First[y] + tap - firstRow) * side * 3, side * 3);
                TensorPrimitives.MultiplyAdd(row, rows.Weights[(y * rows.Length) + tap], sum, sum);
            }

            for (int i = 0; i < sum.Length; i++)
                texels[(y * sum.Length) + i] = (byte)Math.Clamp(sum[i] + 0.5f, 0, 255);
        }

        return texels;
    }

    private static void AlongRow(ReadOnlySpan<byte> row, Taps taps, Span<float> wide)
    {
        int last = (row.Length / 3) - 1;
        for (int x = 0; x < taps.First.Length; x++)
        {
            float r = 0, g = 0, b = 0;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                int from = 3 * Math.Clamp(taps.First[x] + tap, 0, last);
                float weight = taps.Weights[(x * taps.Length) + tap];
                r += weight * row[from];
                g += weight * row[from + 1];
                b += weight * row[from + 2];
            }

            (wide[3 * x], wide[(3 * x) + 1], wide[(3 * x) + 2]) = (r, g, b);
        }
    }

    /// <summary>For each texel of one direction the first source pixel and the weights from there on.</summary>
    private sealed record Taps(int Length, int[] First, float[] Weights)
    {
        public static Taps Of(int start, int span, int available, int size, int side)
        {
            double perPixel = (double)span / size;
            double scale = Math.Max(1, perPixel);
            double radius = perPixel > 1 ? 3 * scale : 2;
            int length = (2 * (int)Math.Ceiling(radius)) + 1;
            int[] first = new int[side];
            float[] weights = new float[side * length];
            double[] raw = new double[length];
            for (int k = 0; k < side; k++)
            {
                double centre = start + (((k / (double)PuppetTexture.Oversampling) + 0.5) * perPixel);
                first[k] = Math.Clamp((int)Math.Floor(centre - (length / 2.0)), -length, available);
                double sum = 0;
                for (int tap = 0; tap < length; tap++)
                {
                    double distance = (first[k] + tap + 0.5 - centre) / scale;
                    raw[tap] = perPixel > 1 ? Lanczos3(distance) : CatmullRom(distance);
                    sum += raw[tap];
                }

                for (int tap = 0; tap < length; tap++)
                    weights[(k * length) + tap] = (float)(raw[tap] / sum);
            }

            return new Taps(length, first, weights);
        }

        private static double Lanczos3(double x) => Math.Abs(x) >= 3 ? 0 : Sinc(x) * Sinc(x / 3);

        private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

        private static double CatmullRom(double x)
        {
            double d = Math.Abs(x);
            return d < 1 ? (((1.5 * d) - 2.5) * d * d) + 1
                : d < 2 ? (((((-0.5 * d) + 2.5) * d) - 4) * d) + 2
                : 0;
        }
    }
}
