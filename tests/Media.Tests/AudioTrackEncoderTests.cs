using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

public sealed class AudioTrackEncoderTests
{
    private static readonly AudioTrackEncoder Encoder = new(MediaTools.FromPath);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.9)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    public async Task The_track_is_cut_or_padded_to_the_length_of_the_frames(double seconds)
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], seconds);

        await Encoder.EncodeAsync(scratch["tone.wav"], 48, new FrameRate(24, 1), scratch["track.m4a"], CancellationToken.None);

        using MemoryStream pcm = new();
        DecodedAudio track = await new AudioDecoder(MediaTools.FromPath).DecodeAsync(scratch["track.m4a"], pcm, CancellationToken.None);
        Assert.Equal(32000, track.SampleCount);
        double[] loudness = [.. Enumerable.Range(0, 32).Select(i => Rms(pcm.GetBuffer(), i * 1000, 1000))];
        for (int i = 0; i < 32; i++)
        {
            double from = i / 16.0;
            if (from + 0.0625 <= seconds - 0.07)
                Assert.InRange(loudness[i], 0.05, 0.2);
            else if (from >= seconds + 0.07)
                Assert.InRange(loudness[i], 0, 0.001);
        }
    }

    [Theory]
    [InlineData(22050, 1)]
    [InlineData(44100, 2)]
    [InlineData(48000, 1)]
    public async Task A_click_stays_where_it_was(int rate, int channels)
    {
        using Scratch scratch = new();
        await Samples.MakeAsync(
            "-f", "lavfi", "-i", $"aevalsrc=0.9*between(n\\,{rate * 3}\\,{(rate * 3) + 8}):sample_rate={rate}:duration=4", "-ac", $"{channels}", scratch["click.wav"]);

        await Encoder.EncodeAsync(scratch["click.wav"], 96, new FrameRate(24, 1), scratch["track.m4a"], CancellationToken.None);

        using MemoryStream pcm = new();
        await new AudioDecoder(MediaTools.FromPath).DecodeAsync(scratch["track.m4a"], pcm, CancellationToken.None);
        int loudest = Enumerable.Range(0, 64000).MaxBy(i => Math.Abs(BitConverter.ToSingle(pcm.GetBuffer(), i * 4)));
        Assert.InRange(loudest, 48000 - 16, 48000 + 16); // a millisecond
    }

    [Fact]
    public async Task A_file_that_is_no_sound_leaves_nothing_behind()
    {
        using Scratch scratch = new();
        await File.WriteAllTextAsync(scratch["notes.txt"], "not sound");

        await Assert.ThrowsAsync<PermanentException>(
            () => Encoder.EncodeAsync(scratch["notes.txt"], 48, new FrameRate(24, 1), scratch["track.m4a"], CancellationToken.None));

        Assert.Equal(["notes.txt"], scratch.Names);
    }

    [Fact]
    public async Task A_full_disk_is_one_sentence_that_names_the_folder()
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 20);
        File.CreateSymbolicLink(scratch["track.m4a.partial"], "/dev/full");

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(
            () => Encoder.EncodeAsync(scratch["tone.wav"], 480, new FrameRate(24, 1), scratch["track.m4a"], CancellationToken.None));

        Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["tone.wav"], scratch.Names);
    }

    private static double Rms(byte[] pcm, int first, int count) =>
        Math.Sqrt(Enumerable.Range(first, count).Select(i => (double)BitConverter.ToSingle(pcm, i * 4)).Average(sample => sample * sample));
}
