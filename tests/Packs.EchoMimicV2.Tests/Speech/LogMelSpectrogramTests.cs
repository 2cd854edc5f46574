using RenderFarm.Packs.EchoMimicV2.Speech;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Speech;

public sealed class LogMelSpectrogramTests
{
    [SharedFact]
    public void The_filter_bank_is_the_official_one()
    {
        float[] expected = Golden.Floats("01_audio/mel_filters_80x201.npy");
        MelFilterBank bank = new();
        for (int band = 0; band < MelFilterBank.Bands; band++)
            for (int bin = 0; bin < 201; bin++)
                Assert.Equal(expected[(band * 201) + bin], bank.Weight(band, bin), 1e-8);
    }

    [SharedFact]
    public async Task A_short_track_has_the_official_values_and_zeros_after_its_end()
    {
        LogMelSpectrogram spectrogram = new(MemoryPcm.Golden());
        float[] expected = Golden.Floats("01_audio/log_mel.npy");
        float[] mel = new float[80 * LogMelSpectrogram.PieceFrames];

        int frames = await spectrogram.PieceAsync(0, await spectrogram.MaximumAsync(default), mel, default);

        Assert.Equal(428, frames);
        float[] actual = [.. Enumerable.Range(0, 80).SelectMany(band => mel.AsSpan(band * 3000, 428).ToArray())];
        Golden.AssertClose(expected, actual, 1e-4, "log-mel");
        Assert.All(Enumerable.Range(0, 80), band => Assert.Equal(0, mel.AsSpan((band * 3000) + 428, 3000 - 428).ToArray().Max()));
    }

    [SharedFact]
    public async Task Pieces_of_a_long_track_share_the_maximum_of_the_whole()
    {
        LogMelSpectrogram spectrogram = new(MemoryPcm.Golden(repeats: 8));
        float[] expected = Golden.Floats("01_audio/long_log_mel_frames_2996_3004.npy"); // [80, 8]
        double maximum = await spectrogram.MaximumAsync(default);
        float[] first = new float[80 * 3000], second = new float[80 * 3000];

        Assert.Equal(2, spectrogram.PieceCount);
        Assert.Equal(3000, await spectrogram.PieceAsync(0, maximum, first, default));
        Assert.Equal(427, await spectrogram.PieceAsync(1, maximum, second, default));

        float[] actual = [.. Enumerable.Range(0, 80).SelectMany(band =>
            first.AsSpan((band * 3000) + 2996, 4).ToArray().Concat(second.AsSpan(band * 3000, 4).ToArray()))];
        Golden.AssertClose(expected, actual, 1e-4, "log-mel around 30 s");
        Assert.Equal(1.3000593185424805, (maximum + 4) / 4, 1e-5);
    }

    [Fact]
    public async Task A_track_shorter_than_one_window_is_analysed_without_reading_outside()
    {
        LogMelSpectrogram spectrogram = new(new MemoryPcm([.. Enumerable.Range(0, 170).Select(n => MathF.Sin(n * 0.3f))]));
        float[] mel = new float[80 * 3000];
        Assert.Equal(1, await spectrogram.PieceAsync(0, await spectrogram.MaximumAsync(default), mel, default));
        Assert.All(mel, value => Assert.True(float.IsFinite(value)));
    }
}
