using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RenderFarm.Imaging;

/// <summary>
/// sRGB bytes to planar YCbCr 4:2:0 as H.264 video carries it: BT.709 matrix, limited range (Y 16 to 235, Cb and Cr 16 to 240), chroma
/// sited left. The gamma-encoded numbers are converted as they are; only the matrix changes.
/// </summary>
/// <remarks>
/// ITU-R BT.709-6 §3 (Y = 0.2126 R + 0.7152 G + 0.0722 B, Cb = (B − Y)/1.8556, Cr = (R − Y)/1.5748) and §4 (quantisation). Left siting,
/// H.264 annex E figure E-1, chroma_sample_loc_type 0: horizontally the weights 1 2 1 around the even column, vertically the mean of two rows.
/// Fixed point with 15 fractional bits; every path computes the same integers, so pictures do not depend on the processor.
/// </remarks>
public static class Bt709Yuv420
{
    private const int FractionBits = 15;

    // 219/255 and 224/255 scale to limited range. Grey must have no colour: the chroma factors of a row add up to 0.
    private const short YR = 5983;   // 0.2126 · 219/255 · 2¹⁵
    private const short YG = 20127;  // 0.7152 · 219/255 · 2¹⁵
    private const short YB = 2032;   // 0.0722 · 219/255 · 2¹⁵
    private const short BR = -3298;  // −0.2126/1.8556 · 224/255 · 2¹⁵
    private const short BG = -11094;
    private const short BB = 14392;  // 0.5 · 224/255 · 2¹⁵
    private const short RR = 14392;
    private const short RG = -13073; // −0.7152/1.5748 · 224/255 · 2¹⁵, rounded so that the row adds up to 0
    private const short RB = -1319;

    private const int LumaBias = (16 << FractionBits) + (1 << (FractionBits - 1));

    // Two rows and the weights 1 2 1 make a sum of 8 pixels: three bits more.
    private const int ChromaShift = FractionBits + 3;
    private const int ChromaBias = (128 << ChromaShift) + (1 << (ChromaShift - 1));

    /// <summary>Bytes of a picture: the Y plane, then Cb, then Cr, without padding.</summary>
    public static int ByteCount(int width, int height) => checked(width * height * 3 / 2);

    /// <param name="rgbHWC">H×W×3 bytes, top row first.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="yuv">Receives <see cref="ByteCount"/> bytes.</param>
    public static void Convert(ReadOnlySpan<byte> rgbHWC, int width, int height, Span<byte> yuv) =>
        Convert(rgbHWC, width, height, yuv, Avx2.IsSupported);

    internal static void Convert(ReadOnlySpan<byte> rgbHWC, int width, int height, Span<byte> yuv, bool vectorised)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width & 1, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(height & 1, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbHWC.Length, width * height * 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(yuv.Length, ByteCount(width, height));
        Span<byte> luma = yuv[..(width * height)];
        Span<byte> blue = yuv.Slice(width * height, width * height / 4);
        Span<byte> red = yuv[(width * height * 5 / 4)..];
        // Chroma of two rows at full width; one element in front repeats the first column for the 1 2 1 filter.
        Span<int> sums = new int[2 * (width + 1)];
        Span<int> blueSums = sums[..(width + 1)];
        Span<int> redSums = sums[(width + 1)..];
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<byte> rows = rgbHWC[(y * width * 3)..];
            Span<byte> lumaRows = luma.Slice(y * width, 2 * width);
            int done = vectorised ? RowsAvx2(rows, width, lumaRows, blueSums, redSums) : 0;
            Rows(rows, width, done, lumaRows, blueSums, redSums);
            blueSums[0] = blueSums[1];
            redSums[0] = redSums[1];
            Filter(blueSums, blue.Slice(y / 2 * (width / 2), width / 2), vectorised);
            Filter(redSums, red.Slice(y / 2 * (width / 2), width / 2), vectorised);
        }
    }

    private static void Rows(ReadOnlySpan<byte> rows, int width, int from, Span<byte> luma, Span<int> blueSums, Span<int> redSums)
    {
        for (int x = from; x < width; x++)
        {
            ReadOnlySpan<byte> upper = rows.Slice(x * 3, 3);
            ReadOnlySpan<byte> lower = rows.Slice((width + x) * 3, 3);
            luma[x] = Luma(upper);
            luma[width + x] = Luma(lower);
            int r = upper[0] + lower[0];
            int g = upper[1] + lower[1];
            int b = upper[2] + lower[2];
            blueSums[x + 1] = (BR * r) + (BG * g) + (BB * b);
            redSums[x + 1] = (RR * r) + (RG * g) + (RB * b);
        }
    }

    private static byte Luma(ReadOnlySpan<byte> rgb) => (byte)(((YR * rgb[0]) + (YG * rgb[1]) + (YB * rgb[2]) + LumaBias) >> FractionBits);

    private static void Filter(ReadOnlySpan<int> sums, Span<byte> chroma, bool vectorised)
    {
        int done = vectorised ? FilterAvx2(sums, chroma) : 0;
        for (int x = done; x < chroma.Length; x++)
            chroma[x] = (byte)((sums[2 * x] + (2 * sums[(2 * x) + 1]) + sums[(2 * x) + 2] + ChromaBias) >> ChromaShift);
    }

    /// <summary>Eight pixels of two rows at a time; returns how many columns were done.</summary>
    private static int RowsAvx2(ReadOnlySpan<byte> rows, int width, Span<byte> luma, Span<int> blueSums, Span<int> redSums)
    {
        // 24 bytes in two halves of 12, then (r, g) and (b, 0) as pairs of 16 bits for the pairwise multiply-add.
        Vector256<int> halves = Vector256.Create(0, 1, 2, 0, 3, 4, 5, 0);
        Vector256<byte> redGreen = Both(Vector128.Create(0, 255, 1, 255, 3, 255, 4, 255, 6, 255, 7, 255, 9, 255, 10, (byte)255));
        Vector256<byte> blueOnly = Both(Vector128.Create(2, 255, 255, 255, 5, 255, 255, 255, 8, 255, 255, 255, 11, 255, 255, (byte)255));
        Vector256<short> lumaRG = Pair(YR, YG), lumaB = Pair(YB, 0);
        Vector256<short> blueRG = Pair(BR, BG), blueB = Pair(BB, 0);
        Vector256<short> redRG = Pair(RR, RG), redB = Pair(RB, 0);
        Vector256<int> bias = Vector256.Create(LumaBias);
        ref byte upper = ref MemoryMarshal.GetReference(rows);
        ref byte lower = ref Unsafe.Add(ref upper, width * 3);
        int x = 0;
        // A load takes 32 bytes for 24: the last one of the picture must not reach past its end.
        int last = Math.Min(width - 8, ((rows.Length - 32) / 3) - width);
        for (; x <= last; x += 8)
        {
            Vector256<int> up = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref upper, (nuint)(x * 3)).AsInt32(), halves);
            Vector256<int> low = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref lower, (nuint)(x * 3)).AsInt32(), halves);
            Vector256<short> upRG = Avx2.Shuffle(up.AsByte(), redGreen).AsInt16();
            Vector256<short> upB = Avx2.Shuffle(up.AsByte(), blueOnly).AsInt16();
            Vector256<short> lowRG = Avx2.Shuffle(low.AsByte(), redGreen).AsInt16();
            Vector256<short> lowB = Avx2.Shuffle(low.AsByte(), blueOnly).AsInt16();
            Vector256<int> upY = (Avx2.MultiplyAddAdjacent(upRG, lumaRG) + Avx2.MultiplyAddAdjacent(upB, lumaB) + bias) >> FractionBits;
            Vector256<int> lowY = (Avx2.MultiplyAddAdjacent(lowRG, lumaRG) + Avx2.MultiplyAddAdjacent(lowB, lumaB) + bias) >> FractionBits;
            StoreLuma(upY, lowY, luma[x..], luma[(width + x)..]);
            Vector256<short> sumRG = upRG + lowRG;
            Vector256<short> sumB = upB + lowB;
            (Avx2.MultiplyAddAdjacent(sumRG, blueRG) + Avx2.MultiplyAddAdjacent(sumB, blueB)).CopyTo(blueSums[(x + 1)..]);
            (Avx2.MultiplyAddAdjacent(sumRG, redRG) + Avx2.MultiplyAddAdjacent(sumB, redB)).CopyTo(redSums[(x + 1)..]);
        }

        return x;
    }

    private static void StoreLuma(Vector256<int> upper, Vector256<int> lower, Span<byte> upperLuma, Span<byte> lowerLuma)
    {
        // Packing works within 128-bit halves: words u0-3 l0-3 | u4-7 l4-7, then bytes.
        Vector256<short> words = Avx2.PackSignedSaturate(upper, lower);
        Vector256<byte> bytes = Avx2.PackUnsignedSaturate(words, words);
        ulong first = bytes.AsUInt64()[0];
        ulong second = bytes.AsUInt64()[2];
        Vector128<uint> four = Vector128.Create(first, second).AsUInt32();
        MemoryMarshal.Write(upperLuma, four[0] | ((ulong)four[2] << 32));
        MemoryMarshal.Write(lowerLuma, four[1] | ((ulong)four[3] << 32));
    }

    private static int FilterAvx2(ReadOnlySpan<int> sums, Span<byte> chroma)
    {
        Vector256<int> bias = Vector256.Create(ChromaBias);
        ref int first = ref MemoryMarshal.GetReference(sums);
        int x = 0;
        for (; x + 8 <= chroma.Length; x += 8)
        {
            Vector256<int> left = FourSums(ref first, 2 * x, bias);
            Vector256<int> right = FourSums(ref first, (2 * x) + 8, bias);
            // The low halves of the 64-bit lanes hold the results: c0 c1 c4 c5 | c2 c3 c6 c7 after the shuffle.
            Vector256<int> eight = Avx.Shuffle(left.AsSingle(), right.AsSingle(), 0b10_00_10_00).AsInt32();
            Vector256<int> inOrder = Avx2.Permute4x64(eight.AsInt64(), 0b11_01_10_00).AsInt32();
            Vector256<short> words = Avx2.PackSignedSaturate(inOrder, inOrder);
            Vector256<byte> bytes = Avx2.PackUnsignedSaturate(words, words);
            MemoryMarshal.Write(chroma[x..], bytes.AsUInt32()[0] | ((ulong)bytes.AsUInt32()[4] << 32));
        }

        return x;
    }

    // (a, b) + (b, c) in every 64-bit lane, then the two halves added: a + 2b + c in the low one.
    private static Vector256<int> FourSums(ref int first, int at, Vector256<int> bias)
    {
        Vector256<int> pairs = Vector256.LoadUnsafe(ref first, (nuint)at) + Vector256.LoadUnsafe(ref first, (nuint)at + 1);
        return (pairs + (pairs.AsUInt64() >> 32).AsInt32() + bias) >> ChromaShift;
    }

    private static Vector256<byte> Both(Vector128<byte> half) => Vector256.Create(half, half);

    private static Vector256<short> Pair(short first, short second) =>
        Vector256.Create((int)BitOperations.RotateLeft((uint)(ushort)second, 16) | (ushort)first).AsInt16();
}
