using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Audio.Tests;

public class RealFftTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Every_bin_equals_the_sum_it_is_defined_as(int size)
    {
        float[] samples = Noise(size, seed: 7);
        var fft = new RealFft(size);
        float[] real = new float[fft.BinCount], imaginary = new float[fft.BinCount], power = new float[fft.BinCount];
        fft.Forward(samples, real, imaginary);
        fft.PowerSpectrum(samples, power);

        for (int k = 0; k < fft.BinCount; k++)
        {
            (double re, double im) = (0, 0);
            for (int n = 0; n < size; n++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * k * n / size);
                re += samples[n] * cos;
                im += samples[n] * sin;
            }

            double tolerance = 1e-6 * size;
            Assert.InRange(real[k] - re, -tolerance, tolerance);
            Assert.InRange(imaginary[k] - im, -tolerance, tolerance);
            Assert.InRange(power[k] - ((re * re) + (im * im)), -tolerance * Math.Sqrt(size), tolerance * Math.Sqrt(size));
        }
    }

    [Fact]
    public void The_spectrum_holds_the_energy_of_the_samples() =>
        Prop.ForAll<int>(seed =>
        {
            var fft = new RealFft(256);
            float[] samples = Noise(256, seed);
            float[] power = new float[fft.BinCount];
            fft.PowerSpectrum(samples, power);
            double inTime = samples.Sum(x => (double)x * x);
            double inFrequency = (power.Sum(p => 2.0 * p) - power[0] - power[^1]) / 256;
            return Math.Abs(inTime - inFrequency) < 1e-5 * inTime;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Sizes_that_are_no_power_of_two_are_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(size));

    [Fact]
    public void Samples_of_another_length_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(8).PowerSpectrum(new float[7], new float[5]));

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
