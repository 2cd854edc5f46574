using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary><see cref="PuppetTexture.Read"/> for a row of places, the sixteen texels of a pixel at once where there is AVX2; otherwise in plain code.</summary>
internal sealed class TextureReader(PuppetTexture texture)
{
    // One vector of places may reach past the end of the row.
    private const int Slack = 8;

    private readonly int[] _fixedX = new int[texture.Size + Slack];
    private readonly int[] _fixedY = new int[texture.Size + Slack];

    /// <summary>Reads count places.</summary>
    /// <param name="xs">At least count + 7 floats; what is past count does not matter as long as it is a number.</param>
    /// <param name="ys">As many.</param>
    /// <param name="rgb">Receives count × 3 bytes.</param>
    public void ReadRow(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, int count, Span<byte> rgb)
    {
        ToFixed(xs, count, _fixedX);
        ToFixed(ys, count, _fixedY);
        int done = Avx2.IsSupported ? ReadInVectors(count, rgb[..(3 * count)]) : 0;
        for (; done < count; done++)
        {
            Rgb colour = texture.ReadFixed(_fixedX[done], _fixedY[done]);
            (rgb[3 * done], rgb[(3 * done) + 1], rgb[(3 * done) + 2]) = (colour.R, colour.G, colour.B);
        }
    }

    private void ToFixed(ReadOnlySpan<float> positions, int count, int[] fixedPoints)
    {
        Vector256<float> least = Vector256.Create(PuppetTexture.FixedMin);
        Vector256<float> most = Vector256.Create(texture.FixedMax);
        Vector256<float> origin = Vector256.Create(PuppetTexture.FixedOrigin);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            Vector256<float> fixedPoint = (Vector256.Create(positions[i..]) * PuppetTexture.FixedPerPixel) + origin;
            Vector256.ConvertToInt32Native(Vector256.Min(Vector256.Max(fixedPoint, least), most)).CopyTo(fixedPoints, i);
        }
    }

    /// <returns>Pixels read: all but the last, whose fourth byte would fall outside the span.</returns>
    private int ReadInVectors(int count, Span<byte> rgb)
    {
        ref byte origin = ref texture.Origin;
        ref byte target = ref MemoryMarshal.GetReference(rgb);
        ref short narrow = ref MemoryMarshal.GetArrayDataReference(CubicWeights.Table);
        ref short wide = ref MemoryMarshal.GetArrayDataReference(CubicWeights.WideTable);
        nint stride = 4 * texture.Stride;
        Vector128<short> half = Vector128.Create((short)(1 << (PuppetTexture.ExtraBits - 1)));
        for (int i = 0; i < count - 1; i++)
        {
            int x = _fixedX[i];
            int y = _fixedY[i];
            ref byte texels = ref Unsafe.Add(ref origin, (((y / CubicWeights.Phases) - 1) * stride) + (4 * ((x / CubicWeights.Phases) - 1)));
            ref short down = ref Unsafe.Add(ref narrow, y % CubicWeights.Phases * CubicWeights.Taps);
            Vector256<short> vertical = Weighted(ref texels, down)
                + Weighted(ref Unsafe.Add(ref texels, stride), Unsafe.Add(ref down, 1))
                + Weighted(ref Unsafe.Add(ref texels, 2 * stride), Unsafe.Add(ref down, 2))
                + Weighted(ref Unsafe.Add(ref texels, 3 * stride), Unsafe.Add(ref down, 3));
            Vector256<short> across = Vector256.LoadUnsafe(ref wide, (nuint)(x % CubicWeights.Phases * CubicWeights.Taps * 4));
            Vector256<short> products = Avx2.MultiplyHighRoundScale(vertical, across);
            Vector128<short> pairs = products.GetLower() + products.GetUpper();
            Vector128<short> sum = pairs + Sse2.ShiftRightLogical128BitLane(pairs, 8) + half;
            uint colour = Sse2.PackUnsignedSaturate(sum >> PuppetTexture.ExtraBits, sum).AsUInt32().ToScalar();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * i), colour); // the fourth byte is overwritten by the next pixel
        }

        return count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Weighted(ref byte texels, short weight) =>
        Avx2.MultiplyHighRoundScale(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref texels)) << PuppetTexture.ExtraBits, Vector256.Create(weight));
}
