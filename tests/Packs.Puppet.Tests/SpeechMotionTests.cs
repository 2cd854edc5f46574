using System.Text.Json;
using RenderFarm.Contracts;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

public class SpeechMotionTests
{
    [SharedFact]
    public async Task The_opening_of_the_mouth_is_that_of_the_prototype()
    {
        float[] open = Latents.Track(await MeansAsync(RealInputs.Speech("good"), new FrameRate(25, 1), 75), MotionParameter.MouthOpen);
        float[] round = Latents.Track(await MeansAsync(RealInputs.Speech("good"), new FrameRate(25, 1), 75), MotionParameter.MouthRound);
        using JsonDocument golden = JsonDocument.Parse(await File.ReadAllBytesAsync(SharedFolder.At("goldens/mediapipe/puppet/good_3s_parameters.json")));
        double openCorrelation = Statistics.Correlation(open, Column(golden, "open"));
        double roundCorrelation = Statistics.Correlation(round, Column(golden, "rounding"));
        Assert.True(openCorrelation > 0.9, $"open: {openCorrelation:F3}");
        Assert.True(roundCorrelation > 0.9, $"rounding: {roundCorrelation:F3}");
    }

    [SharedFact]
    public async Task Speech_sounds_the_same_at_every_frame_rate()
    {
        float[] samples = RealInputs.Speech("news");
        float[] at50 = await MeansAsync(samples, new FrameRate(50, 1), 200);
        foreach (FrameRate rate in new[] { new FrameRate(24, 1), new FrameRate(25, 1), new FrameRate(30000, 1001) })
        {
            double perFrame = (double)rate.Denominator / rate.Numerator;
            float[] open = Latents.Track(await MeansAsync(samples, rate, (long)(4 / perFrame)), MotionParameter.MouthOpen);
            float[] expected = [.. open.Select((_, n) => At(Latents.Track(at50, MotionParameter.MouthOpen), ((n + 0.5) * perFrame * 50) - 0.5))];
            Assert.True(Statistics.Correlation(open, expected) > 0.995, $"{rate}: {Statistics.Correlation(open, expected):F4}");
        }
    }

    [SharedFact]
    public async Task The_mouth_is_shut_half_a_second_into_a_pause()
    {
        float[] speech = RealInputs.Speech("good");
        float[] open = Latents.Track(await MeansAsync([.. speech[..40000], .. new float[32000]], new FrameRate(24, 1), 108), MotionParameter.MouthOpen);
        Assert.True(open[..60].Max() > 0.5f);
        Assert.All(open[66..], value => Assert.InRange(value, 0, 0.02f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-4f)]
    public async Task Silence_and_faint_noise_do_not_move_the_mouth(float level)
    {
        var random = new Random(3);
        float[] noise = [.. Enumerable.Range(0, 32000).Select(_ => level * ((2 * random.NextSingle()) - 1))];
        Assert.All(Latents.Track(await MeansAsync(noise, new FrameRate(24, 1), 48), MotionParameter.MouthOpen), value => Assert.Equal(0, value));
    }

    [SharedFact]
    public async Task A_quiet_recording_opens_the_mouth_like_a_loud_one()
    {
        float[] loud = RealInputs.Speech("good");
        float[] quiet = [.. loud.Select(sample => sample / 50)];
        float[] openLoud = Latents.Track(await MeansAsync(loud, new FrameRate(24, 1), 100), MotionParameter.MouthOpen);
        float[] openQuiet = Latents.Track(await MeansAsync(quiet, new FrameRate(24, 1), 100), MotionParameter.MouthOpen);
        for (int i = 0; i < openLoud.Length; i++)
            Assert.Equal(openLoud[i], openQuiet[i], 0.05f);
    }

    [SharedFact]
    public async Task A_few_words_in_a_long_silence_open_the_mouth()
    {
        float[] words = RealInputs.Speech("good")[..24000];
        float[] open = Latents.Track(await MeansAsync([.. new float[60 * 16000], .. words, .. new float[60 * 16000]], new FrameRate(24, 1), 2900), MotionParameter.MouthOpen);
        Assert.True(open.Max() > 0.5f, $"{open.Max()}");
    }

    [SharedFact]
    public async Task Hiss_opens_the_mouth_less_than_a_vowel_as_loud()
    {
        var random = new Random(1);
        float[] hiss = new float[16000];
        float[] vowel = new float[16000];
        float before = 0;
        for (int i = 0; i < hiss.Length; i++)
        {
            // Both come in syllables of a quarter of a second; noise differentiated is all high frequencies.
            float syllable = MathF.Max(0, MathF.Sin(2 * MathF.PI * 4 * i / 16000));
            float noise = (2 * random.NextSingle()) - 1;
            (hiss[i], before) = (0.3f * syllable * (noise - before), noise);
            vowel[i] = 0.3f * syllable * (MathF.Sin(2 * MathF.PI * 500 * i / 16000) + MathF.Sin(2 * MathF.PI * 900 * i / 16000));
        }

        float[] open = Latents.Track(await MeansAsync([.. vowel, .. hiss], new FrameRate(25, 1), 50), MotionParameter.MouthOpen);
        Assert.True(open[27..48].Max() < 0.6f * open[..23].Max(), $"hiss {open[27..48].Max()} vowel {open[..23].Max()}");
    }

    private static float At(float[] values, double position)
    {
        int i = Math.Clamp((int)Math.Floor(position), 0, values.Length - 2);
        float share = (float)Math.Clamp(position - i, 0, 1);
        return values[i] + (share * (values[i + 1] - values[i]));
    }

    private static float[] Column(JsonDocument golden, string name) =>
        [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static async Task<float[]> MeansAsync(float[] samples, FrameRate rate, long frames)
    {
        var track = new ArrayPcmTrack(samples);
        SpeechLevels levels = await MotionMeans.MeasureLevelsAsync(track, CancellationToken.None);
        var rows = new List<float>();
        await foreach (ReadOnlyMemory<float> row in MotionMeans.ReadAsync(track, levels, rate, frames, seed: 1, CancellationToken.None))
            rows.AddRange(row.Span);
        return [.. rows];
    }
}
