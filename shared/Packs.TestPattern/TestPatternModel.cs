using System.Runtime.InteropServices;
using RenderFarm.Contracts;

namespace RenderFarm.Packs.TestPattern;

/// <summary>
/// Denoises towards a known mean with a known linear gain, and draws stamps. Half of the gain goes through the mean of the window,
/// so a wrong window, halo or noise changes the latents and with them the hash in the picture.
/// </summary>
internal sealed class TestPatternModel(FrameRange frames, bool[] clicks, int sizePixels) : ISegmentModel
{
    public const int Elements = 16;

    public int LatentLength => Elements;

    public int DecodeBatch => 32;

    /// <summary>The mean of a latent: a sawtooth of its own period for every element, −0.5 to 0.5.</summary>
    public static float Mean(long frame, int element) => (frame * ((2 * element) + 1) % 97 / 96f) - 0.5f;

    /// <remarks>
    /// With a prior N(m, 1) the posterior mean is x0 = m + √ᾱ·r, r = x − √ᾱ·m; here r is averaged with its mean over the window.
    /// From x = √ᾱ·x0 + √(1−ᾱ)·ε follows v = √ᾱ·ε − √(1−ᾱ)·x0 = (√ᾱ·x − x0)/√(1−ᾱ).
    /// </remarks>
    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latentsFL.Length, framesF.Length * Elements);
        ArgumentOutOfRangeException.ThrowIfNotEqual(velocityFL.Length, latentsFL.Length);
        float signal = (float)Math.Sqrt(alphaBar);
        float noise = (float)Math.Sqrt(Math.Max(1 - alphaBar, 1e-6));
        Span<float> windowMeanL = stackalloc float[Elements];
        windowMeanL.Clear();
        for (int f = 0; f < framesF.Length; f++)
            for (int e = 0; e < Elements; e++)
                windowMeanL[e] += (latentsFL[(f * Elements) + e] - (signal * Mean(framesF[f], e))) / framesF.Length;
        for (int f = 0; f < framesF.Length; f++)
        {
            for (int e = 0; e < Elements; e++)
            {
                float x = latentsFL[(f * Elements) + e];
                float mean = Mean(framesF[f], e);
                float residual = (x - (signal * mean) + windowMeanL[e]) / 2;
                velocityFL[(f * Elements) + e] = ((signal * x) - (mean + (signal * residual))) / noise;
            }
        }
    }

    public void Decode(long firstFrame, ReadOnlySpan<float> latentsFL, Span<byte> rgbFHWC, CancellationToken cancellationToken)
    {
        int count = latentsFL.Length / Elements;
        int frameBytes = sizePixels * sizePixels * 3;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbFHWC.Length, count * frameBytes);
        for (int f = 0; f < count; f++)
        {
            long frame = firstFrame + f;
            TestPatternStamp stamp = new(frame, clicks[frame - frames.First], Hash(latentsFL.Slice(f * Elements, Elements)));
            Draw(TestPatternLayout.Cells(stamp), rgbFHWC.Slice(f * frameBytes, frameBytes));
        }
    }

    public void Dispose()
    {
    }

    // FNV-1a (Fowler, Noll, Vo; 32 bit: offset 2166136261, prime 16777619), folded to 16 bits.
    private static int Hash(ReadOnlySpan<float> latentL)
    {
        uint hash = 2166136261;
        foreach (byte value in MemoryMarshal.AsBytes(latentL))
            hash = (hash ^ value) * 16777619;
        return (int)((hash >> 16) ^ (hash & 0xFFFF));
    }

    private void Draw(ulong cells, Span<byte> rgbHWC)
    {
        int side = sizePixels / TestPatternLayout.CellsPerSide;
        int stride = sizePixels * 3;
        for (int row = 0; row < TestPatternLayout.CellsPerSide; row++)
        {
            Span<byte> first = rgbHWC.Slice(row * side * stride, stride);
            for (int column = 0; column < TestPatternLayout.CellsPerSide; column++, cells <<= 1)
                first.Slice(column * side * 3, side * 3).Fill((cells >> 63) == 1 ? (byte)255 : (byte)0);
            for (int y = 1; y < side; y++)
                first.CopyTo(rgbHWC.Slice(((row * side) + y) * stride, stride));
        }
    }
}
