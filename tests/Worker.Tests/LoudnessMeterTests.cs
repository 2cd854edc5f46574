using System.Runtime.InteropServices;
using RenderFarm.Contracts;
using RenderFarm.Worker.Preparation;

namespace RenderFarm.Worker.Tests;

public sealed class LoudnessMeterTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 255)] // 0 dBFS is 127.5 dB above the floor
    [InlineData(0.1, 215)] // −20 dBFS
    [InlineData(0.01, 175)]
    [InlineData(1e-9, 0)] // below the floor
    [InlineData(4, 255)] // louder than full scale
    public void A_level_is_half_decibels_above_the_floor(float amplitude, byte level)
    {
        float[] square = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? amplitude : -amplitude)];
        Assert.Equal(level, LoudnessMeter.Level(square));
    }

    [Fact]
    public void No_samples_are_silent() => Assert.Equal(0, LoudnessMeter.Level([]));

    [Theory]
    [InlineData(24, 1)]
    [InlineData(25, 1)]
    [InlineData(30000, 1001)]
    public async Task A_click_is_heard_in_the_frame_it_falls_into(int numerator, int denominator)
    {
        const int SampleCount = 160_000;
        long frameCount = (long)Math.Round(10.0 * numerator / denominator);
        foreach (int clickSample in (int[])[0, 12_345, 80_000, 159_999])
        {
            float[] samples = new float[SampleCount];
            samples[clickSample] = 1;
            byte[] levels = await MeasureAsync(samples, new FrameRate(numerator, denominator), frameCount);
            Assert.Equal(frameCount, levels.Length);
            int loud = Array.FindIndex(levels, level => level > 0);
            Assert.InRange(clickSample, (loud * 16000.0 * denominator / numerator) - 1, ((loud + 1) * 16000.0 * denominator / numerator) + 1);
            Assert.Single(levels, level => level > 0);
        }
    }

    [Fact]
    public async Task Frames_past_the_end_of_the_sound_are_silent()
    {
        float[] samples = new float[1000];
        Array.Fill(samples, 1);
        byte[] levels = await MeasureAsync(samples, new FrameRate(24, 1), frameCount: 4);
        Assert.Equal([255, 255, 0, 0], levels);
    }

    private static async Task<byte[]> MeasureAsync(float[] samples, FrameRate rate, long frameCount)
    {
        using MemoryStream pcm = new(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        using MemoryStream levels = new();
        await LoudnessMeter.MeasureAsync(pcm, rate, frameCount, levels, default);
        return levels.ToArray();
    }
}
