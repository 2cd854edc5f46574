namespace RenderFarm.Imaging;

/// <summary>An 8-bit sRGB picture, H×W×3 bytes interleaved, top row first, no padding.</summary>
public sealed class RgbImage
{
    public RgbImage(int width, int height, byte[] pixelsHWC)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixelsHWC);
        if (pixelsHWC.Length != (long)width * height * 3)
            throw new ArgumentException($"A {width}x{height} picture has {(long)width * height * 3} bytes, got {pixelsHWC.Length}.", nameof(pixelsHWC));
        Width = width;
        Height = height;
        PixelsHWC = pixelsHWC;
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] PixelsHWC { get; }
}
