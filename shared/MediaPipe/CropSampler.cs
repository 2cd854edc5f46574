using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RenderFarm.Imaging;

namespace RenderFarm.MediaPipe;

/// <summary>
/// Cuts turned squares out of pictures as network inputs: plain bilinear interpolation between pixel centres, no smoothing
/// beforehand and no rounding to bytes afterwards. The networks were trained on exactly this; each deviation costs tenths of a pixel.
/// </summary>
internal static class CropSampler
{
    private const int Channels = 3;

    /// <param name="scale">Of the byte values, for example 1/255.</param>
    /// <param name="offset">Added after scaling; black outside the picture becomes this.</param>
    /// <param name="cropHWC"><paramref name="size"/> × <paramref name="size"/> × RGB.</param>
    public static void Sample(RgbImage image, Region region, int size, CropBorder border, float scale, float offset, Span<float> cropHWC)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cropHWC.Length, size * size * Channels);
        (double right, double down) = StepAlongRow(region, size);
        double lastX = image.Width - 1;
        double lastY = image.Height - 1;
        Vector128<float> scales = Vector128.Create(scale);
        Vector128<float> offsets = Vector128.Create(offset);
        int at = 0;
        for (int row = 0; row < size; row++)
        {
            (double startX, double startY) = region.ToPicture(0.5 / size, (row + 0.5) / size);
            for (int column = 0; column < size; column++, at += Channels)
            {
                double x = startX + (column * right);
                double y = startY + (column * down);
                Vector128<float> rgb;
                if (border == CropBorder.Black && (x < 0 || y < 0 || x > image.Width || y > image.Height))
                    rgb = offsets;
                else
                    rgb = (Pixel(image, Math.Clamp(x - 0.5, 0, lastX), Math.Clamp(y - 0.5, 0, lastY)) * scales) + offsets;
                Store(rgb, cropHWC[at..]);
            }
        }
    }

    private static (double X, double Y) StepAlongRow(Region region, int size)
    {
        (double sin, double cos) = Math.SinCos(region.Rotation);
        return (cos * region.Side / size, sin * region.Side / size);
    }

    /// <summary>The colour between the centres of four pixels; x and y count centres and lie inside.</summary>
    private static Vector128<float> Pixel(RgbImage image, double x, double y)
    {
        int left = (int)x;
        int top = (int)y;
        int toRight = left + 1 < image.Width ? Channels : 0;
        int toBottom = top + 1 < image.Height ? image.Width * Channels : 0;
        int at = ((top * image.Width) + left) * Channels;
        ReadOnlySpan<byte> pixels = image.PixelsHWC;
        Vector128<float> fractionX = Vector128.Create((float)(x - left));
        Vector128<float> fractionY = Vector128.Create((float)(y - top));
        Vector128<float> upper = Between(Load(pixels, at), Load(pixels, at + toRight), fractionX);
        Vector128<float> lower = Between(Load(pixels, at + toBottom), Load(pixels, at + toBottom + toRight), fractionX);
        return Between(upper, lower, fractionY);
    }

    private static Vector128<float> Between(Vector128<float> a, Vector128<float> b, Vector128<float> fraction) => a + ((b - a) * fraction);

    /// <summary>Three bytes as floats. One load takes four; the fourth lane is never stored.</summary>
    private static Vector128<float> Load(ReadOnlySpan<byte> pixels, int at)
    {
        uint packed = at + sizeof(uint) <= pixels.Length
            ? MemoryMarshal.Read<uint>(pixels[at..])
            : (uint)(pixels[at] | (pixels[at + 1] << 8) | (pixels[at + 2] << 16));
        Vector128<byte> bytes = Vector128.CreateScalar(packed).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    private static void Store(Vector128<float> rgb, Span<float> destination)
    {
        if (destination.Length >= Vector128<float>.Count)
            rgb.CopyTo(destination); // the next pixel overwrites the fourth lane
        else
            (destination[0], destination[1], destination[2]) = (rgb[0], rgb[1], rgb[2]);
    }
}
