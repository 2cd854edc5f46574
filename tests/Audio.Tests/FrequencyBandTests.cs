namespace RenderFarm.Audio.Tests;

public class FrequencyBandTests
{
    private const int Size = 1024;
    private const int SampleRateHz = 16000;

    [Fact]
    public void A_tone_lies_in_its_band_and_nowhere_else()
    {
        float[] power = SpectrumOfTone(1000);
        float inside = FrequencyBand.Of(800, 1200, SampleRateHz, Size).Energy(power);
        float below = FrequencyBand.Of(0, 700, SampleRateHz, Size).Energy(power);
        float above = FrequencyBand.Of(1300, 8000, SampleRateHz, Size).Energy(power);
        Assert.True(below + above < 1e-5 * inside, $"{below} + {above} against {inside}");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1234)]
    [InlineData(3100)]
    public void The_centroid_of_a_tone_is_its_frequency(double frequencyHz) =>
        Assert.Equal(frequencyHz, FrequencyBand.Of(100, 4000, SampleRateHz, Size).CentroidHz(SpectrumOfTone(frequencyHz)), 1.0);

    [Fact]
    public void The_centroid_of_silence_is_the_middle_of_the_band() =>
        Assert.Equal(1000, FrequencyBand.Of(500, 1500, SampleRateHz, Size).CentroidHz(new float[513]), 8.0);

    [Fact]
    public void A_band_past_half_the_sample_rate_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyBand.Of(100, 8001, SampleRateHz, Size));

    private static float[] SpectrumOfTone(double frequencyHz)
    {
        float[] window = HannWindow.Periodic(Size);
        float[] samples = [.. window.Select((w, n) => w * (float)Math.Sin(2 * Math.PI * frequencyHz * n / SampleRateHz))];
        float[] power = new float[(Size / 2) + 1];
        new RealFft(Size).PowerSpectrum(samples, power);
        return power;
    }
}
