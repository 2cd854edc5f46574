namespace RenderFarm.Imaging;

/// <summary>Turns a picture upright.</summary>
public static class Orientation
{
    /// <param name="exif">
    /// Exif 2.32 table 6 (tag 0x0112): 1 upright, 2 mirrored, 3 turned by 180°, 4 mirrored and turned by 180°, 5 transposed,
    /// 6 to be turned clockwise by 90°, 7 transposed across the other diagonal, 8 to be turned counter-clockwise by 90°.
    /// </param>
    /// <returns>The picture as it is meant to be seen; the same object for 1.</returns>
    public static RgbImage Upright(RgbImage stored, int exif)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentOutOfRangeException.ThrowIfLessThan(exif, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exif, 8);
        if (exif == 1)
            return stored;
        bool swapsAxes = exif >= 5;
        int width = swapsAxes ? stored.Height : stored.Width;
        int height = swapsAxes ? stored.Width : stored.Height;
        byte[] upright = new byte[stored.PixelsHWC.Length];
        for (int y = 0; y < height; y++)
            CopyRow(stored, exif, y, upright.AsSpan(y * width * 3, width * 3));
        return new RgbImage(width, height, upright);
    }

    private static void CopyRow(RgbImage stored, int exif, int y, Span<byte> row)
    {
        int right = stored.Width - 1;
        int bottom = stored.Height - 1;
        int width = row.Length / 3;
        // Where the pixel (x, y) of the upright picture lies in the stored one, as start + x · step.
        (int startX, int startY, int stepX, int stepY) = exif switch
        {
            2 => (right, y, -1, 0),
            3 => (right, bottom - y, -1, 0),
            4 => (0, bottom - y, 1, 0),
            5 => (y, 0, 0, 1),
            6 => (y, bottom, 0, -1),
            7 => (right - y, bottom, 0, -1),
            _ => (right - y, 0, 0, 1),
        };
        byte[] pixels = stored.PixelsHWC;
        int from = ((startY * stored.Width) + startX) * 3;
        int step = ((stepY * stored.Width) + stepX) * 3;
        for (int x = 0; x < width; x++, from += step)
        {
            row[3 * x] = pixels[from];
            row[(3 * x) + 1] = pixels[from + 1];
            row[(3 * x) + 2] = pixels[from + 2];
        }
    }
}
