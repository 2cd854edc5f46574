using RenderFarm.Imaging;

namespace RenderFarm.Packs.Puppet.Portraits;

/// <summary>Shrinks a picture by a whole factor: each pixel becomes the mean of factor × factor pixels.</summary>
internal static class AreaReduction
{
    /// <summary>Rows and columns that do not fill a pixel are left out.</summary>
    public static RgbImage By(int factor, RgbImage image)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1)
            return image;
        int width = image.Width / factor;
        int height = image.Height / factor;
        byte[] pixels = new byte[width * height * 3];
        int[] sums = new int[width * 3];
        int area = factor * factor;
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int row = 0; row < factor; row++)
                AddRow(image.PixelsHWC.AsSpan(((y * factor) + row) * image.Width * 3), factor, sums);
            for (int i = 0; i < sums.Length; i++)
                pixels[(y * sums.Length) + i] = (byte)((sums[i] + (area / 2)) / area);
        }

        return new RgbImage(width, height, pixels);
    }

    private static void AddRow(ReadOnlySpan<byte> row, int factor, Span<int> sums)
    {
        int from = 0;
        for (int i = 0; i < sums.Length; i += 3)
        {
            int r = 0, g = 0, b = 0;
            for (int column = 0; column < factor; column++, from += 3)
                (r, g, b) = (r + row[from], g + row[from + 1], b + row[from + 2]);
            sums[i] += r;
            sums[i + 1] += g;
            sums[i + 2] += b;
        }
    }
}
