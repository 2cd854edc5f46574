using System.Runtime.InteropServices;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The portrait as the warp reads it: twice as fine as the video, free of detail the video cannot show, and padded at its edges.</summary>
/// <remarks>
/// Texel 2i lies exactly on the centre of the video's pixel i, so a picture at rest is read without interpolation. The finer grid and a cubic
/// between its texels keep sub-pixel movement from shimmering and blurring. Reads are integer arithmetic, so any implementation gives the same bits.
/// </remarks>
internal sealed class PuppetTexture
{
    /// <summary>Texels per pixel of the video, in each direction.</summary>
    public const int Oversampling = 2;

    /// <summary>Fixed-point steps per pixel of the video.</summary>
    public const float FixedPerPixel = Oversampling * CubicWeights.Phases;

    /// <summary>Fixed-point coordinate of position 0, with half a step for rounding.</summary>
    public const float FixedOrigin = ((Padding - 1) * CubicWeights.Phases) + 0.5f;

    /// <summary>Smallest fixed-point coordinate that may be read: one texel before it is needed too.</summary>
    public const float FixedMin = CubicWeights.Phases;

    /// <summary>Values are held this many bits higher while they are weighted.</summary>
    public const int ExtraBits = 6;

    // Replicated texels at each edge: reads may leave the picture by about as much.
    private const int Padding = 32;

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

    /// <summary>Largest fixed-point coordinate that may be read: two texels after it are needed too.</summary>
    public float FixedMax => ((Stride - 3) * CubicWeights.Phases) + (CubicWeights.Phases - 1);

    /// <summary>First byte of the first texel.</summary>
    public ref byte Origin => ref MemoryMarshal.GetArrayDataReference(_rgba);

    /// <summary>The colour at a position of the video.</summary>
    public Rgb Read(float x, float y) => ReadFixed(ToFixed(x), ToFixed(y));

    /// <summary>The plain form of the read that <see cref="TextureReader"/> does in vectors.</summary>
    public Rgb ReadFixed(int fixedX, int fixedY)
    {
        int texel = ((fixedY / CubicWeights.Phases) * Stride) + (fixedX / CubicWeights.Phases);
        ReadOnlySpan<short> across = WeightsOf(fixedX);
        ReadOnlySpan<short> down = WeightsOf(fixedY);
        return new Rgb(Channel(texel, 0, across, down), Channel(texel, 1, across, down), Channel(texel, 2, across, down));
    }

    private static ReadOnlySpan<short> WeightsOf(int fixedPoint) =>
        CubicWeights.Table.AsSpan(fixedPoint % CubicWeights.Phases * CubicWeights.Taps, CubicWeights.Taps);

    private byte Channel(int texel, int channel, ReadOnlySpan<short> across, ReadOnlySpan<short> down)
    {
        int sum = 0;
        for (int column = 0; column < CubicWeights.Taps; column++)
        {
            int vertical = 0;
            for (int row = 0; row < CubicWeights.Taps; row++)
            {
                int at = (4 * (texel + ((row - 1) * Stride) + column - 1)) + channel;
                vertical += CubicWeights.Multiply(_rgba[at] << ExtraBits, down[row]);
            }

            sum += CubicWeights.Multiply(vertical, across[column]);
        }

        return (byte)Math.Clamp((sum + (1 << (ExtraBits - 1))) >> ExtraBits, 0, 255);
    }

    /// <summary>Position in the video to position in the texture, rounded to the nearest step and kept inside.</summary>
    private int ToFixed(float position) => (int)MathF.Min(MathF.Max((position * FixedPerPixel) + FixedOrigin, FixedMin), FixedMax);
}
