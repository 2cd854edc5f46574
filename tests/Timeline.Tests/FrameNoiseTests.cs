using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Timeline.Tests;

public sealed class FrameNoiseTests
{
    /// <summary>Bits of an independent implementation of the same definition in CPython floats (IEEE double, no fused operations).</summary>
    [Theory]
    [InlineData(420, 0, 1.5f, "A9755041A32CF3DAE6554ECD64B259DB5B496A6294E7CCA61EF609450FE2C666")]
    [InlineData(0xDEADBEEF_CAFEF00D, (1L << 33) + 7, float.PositiveInfinity, "5BFB2B797B486ED7452BB0BAFA46BFAF2D3CC899E595DA03289B2809E756AA2F")]
    public void The_same_bits_come_out_on_every_machine(ulong seed, long frame, float clamp, string sha256)
    {
        float[] noise = Noise(seed, frame, 1003, clamp);
        Assert.Equal(sha256, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(noise))));
    }

    [Fact]
    public void A_longer_frame_starts_with_the_same_numbers() => Prop.ForAll<NonNegativeInt, NonNegativeInt, int>((length, frame, seed) =>
        Noise((ulong)seed, frame.Get, length.Get % 1000).AsSpan().SequenceEqual(Noise((ulong)seed, frame.Get, 1111).AsSpan(0, length.Get % 1000))).QuickCheckThrowOnFailure();

    [Fact]
    public void Clamped_noise_is_the_free_noise_held_to_the_bound()
    {
        float[] free = Noise(3, 5, 5000, float.PositiveInfinity);
        Assert.Equal(free.Select(z => Math.Clamp(z, -1.5f, 1.5f)), Noise(3, 5, 5000));
        Assert.Contains(free, z => z > 1.5f);
    }

    [Fact]
    public void Frames_seeds_and_elements_are_independent_standard_normals()
    {
        // 2^20 values; bounds are 5 standard errors, and the draw is fixed, so this passes always or never.
        const int Frames = 256, Length = 4096, Count = Frames * Length;
        float[] all = [.. Enumerable.Range(0, Frames).SelectMany(frame => Noise(420, frame, Length, float.PositiveInfinity))];
        double mean = all.Average(z => (double)z);
        double variance = all.Average(z => (double)z * z);
        double fourth = all.Average(z => Math.Pow(z, 4));
        Assert.InRange(mean, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange(variance, 1 - (5 * Math.Sqrt(2.0 / Count)), 1 + (5 * Math.Sqrt(2.0 / Count)));
        Assert.InRange(fourth, 3 - (5 * Math.Sqrt(96.0 / Count)), 3 + (5 * Math.Sqrt(96.0 / Count)));
        foreach (int lag in new[] { 1, 2, 3, 4, Length, 2 * Length })
            Assert.InRange(all.Skip(lag).Zip(all, (a, b) => (double)a * b).Average(), -5 / Math.Sqrt(Count - lag), 5 / Math.Sqrt(Count - lag));
        Assert.NotEqual(Noise(1, 0, 16), Noise(2, 0, 16));
        Assert.NotEqual(Noise(1, 0, 16), Noise(1, 1L << 32, 16));
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Noise(1, -1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Noise(1, 1, 4, 0));
    }

    private static float[] Noise(ulong seed, long frame, int length, float clamp = FrameNoise.DefaultClamp)
    {
        float[] noise = new float[length];
        FrameNoise.Fill(seed, frame, noise, clamp);
        return noise;
    }
}
