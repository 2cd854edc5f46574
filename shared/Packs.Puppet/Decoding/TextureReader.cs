using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Reads many places of a texture: <see cref="PuppetTexture.Read"/> for a row of them, two pixels per AVX2 instruction where there is AVX2.</summary>
/// <remarks>
/// Both ways compute in the same integers: a vertical blend in 16 bits, v = 256·top + (bottom − top)·wy, then a horizontal one by the high
/// halves of 16-bit products, which loses less than 1/64 level.
/// </remarks>
internal sealed class TextureReader(PuppetTexture texture)
{
    // One vector of places may reach past the end of the row.
    private const int Slack = 8;

    private readonly int[] _offsets = new int[texture.Size + Slack];
    private readonly int[] _weights = new int[texture.Size + Slack];

    /// <summary>Reads count places.</summary>
    /// <param name="xs">At least count + 7 floats; what is past count does not matter as long as it is a number.</param>
    /// <param name="ys">As many.</param>
    /// <param name="rgb">Receives count × 3 bytes. Up to one byte after them may be overwritten if it is there.</param>
    public void ReadRow(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, int count, Span<byte> rgb)
    {
        Locate(xs, ys, count);
        int done = Avx2.IsSupported ? ReadPairs(count, rgb) : 0;
        for (; done < count; done++)
        {
            int fixedX = ((_offsets[done] / 4 % texture.Stride) << 8) | (_weights[done] & 255);
            int fixedY = ((_offsets[done] / 4 / texture.Stride) << 8) | (_weights[done] >> 16);
            Rgb colour = texture.ReadFixed(fixedX, fixedY);
            (rgb[3 * done], rgb[(3 * done) + 1], rgb[(3 * done) + 2]) = (colour.R, colour.G, colour.B);
        }
    }

    private void Locate(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, int count)
    {
        Vector256<float> most = Vector256.Create(texture.FixedMax);
        Vector256<int> stride = Vector256.Create(texture.Stride);
        Vector256<int> low = Vector256.Create(255);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            Vector256<int> x = ToFixed(Vector256.Create(xs[i..]), most);
            Vector256<int> y = ToFixed(Vector256.Create(ys[i..]), most);
            ((((y >> 8) * stride) + (x >> 8)) << 2).CopyTo(_offsets, i);
            ((x & low) | ((y & low) << 16)).CopyTo(_weights, i);
        }
    }

    private static Vector256<int> ToFixed(Vector256<float> position, Vector256<float> most)
    {
        Vector256<float> fixedPoint = (position * PuppetTexture.FixedPerPixel) + Vector256.Create(PuppetTexture.FixedOrigin);
        return Vector256.ConvertToInt32Native(Vector256.Min(Vector256.Max(fixedPoint, Vector256<float>.Zero), most));
    }

    /// <returns>Pixels read: all but the last one or two, whose fourth byte could fall outside the span.</returns>
    private int ReadPairs(int count, Span<byte> rgb)
    {
        Vector256<byte> weightX = Vector256.Create(
            Vector128.Create((byte)0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1), Vector128.Create((byte)4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5));
        Vector256<byte> weightY = weightX + Vector256.Create((byte)2);

        // Left texels get 0x8000 − w, right ones w: (w xor s) + c with (s, c) = (0xFFFF, 0x8001) or (0, 0).
        Vector128<ushort> leftOnly = Vector128.Create(ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, 0, 0, 0, 0);
        Vector256<ushort> flip = Vector256.Create(leftOnly, leftOnly);
        Vector256<ushort> lift = flip & Vector256.Create((ushort)0x8001);
        Vector256<ushort> half = Vector256.Create((ushort)64);

        ref byte origin = ref texture.Origin;
        ref byte target = ref MemoryMarshal.GetReference(rgb);
        nint below = 4 * texture.Stride;
        int i = 0;
        for (; i < count - 2; i += 2)
        {
            ref byte first = ref Unsafe.Add(ref origin, _offsets[i]);
            ref byte second = ref Unsafe.Add(ref origin, _offsets[i + 1]);
            Vector256<ushort> top = Widen(ref first, ref second);
            Vector256<ushort> bottom = Widen(ref Unsafe.Add(ref first, below), ref Unsafe.Add(ref second, below));
            Vector256<byte> weights = Vector256.Create(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<int, byte>(ref _weights[i]))).AsByte();
            Vector256<ushort> vertical = (top << 8) + ((bottom - top) * Avx2.Shuffle(weights, weightY).AsUInt16());
            Vector256<ushort> share = ((Avx2.Shuffle(weights, weightX).AsUInt16() << 7) ^ flip) + lift;
            Vector256<ushort> sides = Avx2.MultiplyHigh(vertical, share);
            Vector256<ushort> sum = (sides + Avx2.ShiftRightLogical128BitLane(sides, 8) + half) >> 7;
            Vector256<byte> colours = Avx2.PackUnsignedSaturate(sum.AsInt16(), sum.AsInt16());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 3 * i), colours.AsUInt32().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, (3 * i) + 3), colours.AsUInt32().GetElement(4));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Widen(ref byte first, ref byte second) =>
        Avx2.ConvertToVector256Int16(Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref second)).AsByte()).AsUInt16();
}
