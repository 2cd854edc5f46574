using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The portrait as the warp reads it: twice as fine as the video, free of detail the video cannot show, and padded at its edges.</summary>
/// <remarks>
/// Texel 2i lies exactly on the centre of the video's pixel i, so a picture at rest is read without interpolation. The finer grid is what keeps
/// sub-pixel movement from shimmering and blurring: between two texels a bilinear read loses little.
/// All reads are integer arithmetic with weights of 1/256, so any implementation gives the same bits.
/// </remarks>
internal sealed class PuppetTexture
{
    /// <summary>Texels per pixel of the video, in each direction.</summary>
    public const int Oversampling = 2;

    /// <summary>Replicated texels at each edge: reads may leave the picture by this much less one.</summary>
    public const int Padding = 32;

    /// <summary>Fixed-point steps per pixel of the video.</summary>
    public const float FixedPerPixel = Oversampling * 256;

    /// <summary>Fixed-point coordinate of position 0, with half a step for rounding.</summary>
    public const float FixedOrigin = ((Padding - 1) * 256) + 0.5f;

    private readonly byte[] _rgba;

    /// <param name="size">Side of the video in pixels.</param>
    /// <param name="texelsRgb">(2·size)² texels of three bytes, row by row.</param>
    public PuppetTexture(int size, ReadOnlySpan<byte> texelsRgb)
    {
        int side = Oversampling * size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(texelsRgb.Length, side * side * 3);
        Size = size;
        Stride = side + (2 * Padding);
        _rgba = new byte[Stride * Stride * 4];
        for (int row = 0; row < Stride; row++)
        {
            ReadOnlySpan<byte> source = texelsRgb.Slice(Math.Clamp(row - Padding, 0, side - 1) * side * 3, side * 3);
            for (int column = 0; column < Stride; column++)
            {
                int from = 3 * Math.Clamp(column - Padding, 0, side - 1);
                source.Slice(from, 3).CopyTo(_rgba.AsSpan(4 * ((row * Stride) + column)));
            }
        }
    }

    /// <summary>Side of the video in pixels.</summary>
    public int Size { get; }

    /// <summary>Texels per row, padding included.</summary>
    public int Stride { get; }

    /// <summary>Largest fixed-point coordinate that may be read.</summary>
    public float FixedMax => ((Stride - 2) * 256) + 255;

    public ref byte Origin => ref MemoryMarshal.GetArrayDataReference(_rgba);

    /// <summary>Position in the video to position in the texture, in 1/256 texel, rounded to the nearest and kept inside.</summary>
    public int ToFixed(float position)
    {
        float fixedPoint = (position * FixedPerPixel) + FixedOrigin;
        return (int)MathF.Min(MathF.Max(fixedPoint, 0), FixedMax);
    }

    /// <summary>The colour at a position of the video.</summary>
    public Rgb Read(float x, float y) => ReadFixed(ToFixed(x), ToFixed(y));

    /// <summary>The plain form of the read that <see cref="TextureReader"/> does in vectors.</summary>
    public Rgb ReadFixed(int fixedX, int fixedY)
    {
        int at = 4 * (((fixedY >> 8) * Stride) + (fixedX >> 8));
        int weightX = fixedX & 255;
        int weightY = fixedY & 255;
        return new Rgb(Channel(at, weightX, weightY), Channel(at + 1, weightX, weightY), Channel(at + 2, weightX, weightY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Channel(int at, int weightX, int weightY)
    {
        int below = at + (4 * Stride);
        int left = (_rgba[at] << 8) + ((_rgba[below] - _rgba[at]) * weightY);
        int right = (_rgba[at + 4] << 8) + ((_rgba[below + 4] - _rgba[at + 4]) * weightY);
        int sum = ((left * ((256 - weightX) << 7)) >> 16) + ((right * (weightX << 7)) >> 16);
        return (byte)((sum + 64) >> 7);
    }
}
