using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

public sealed class AudioDecoderTests
{
    private static readonly AudioDecoder Decoder = new(MediaTools.FromPath);

    [Theory]
    [InlineData("tone.wav", 44100, 1)]
    [InlineData("tone.wav", 96000, 6)]
    [InlineData("tone.mp3", 44100, 2)]
    [InlineData("tone.m4a", 48000, 2)]
    [InlineData("tone.opus", 48000, 2)]
    [InlineData("tone.ogg", 22050, 1)]
    [InlineData("tone.flac", 32000, 2)]
    [InlineData("tone.m4a", 22050, 1)]
    [InlineData("tone.mka", 48000, 1)]
    public async Task Any_container_becomes_mono_16_kHz_of_the_same_length(string name, int rate, int channels)
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["pcm.wav"], 1.25, rate, channels);
        string[] codec = name.EndsWith(".mka", StringComparison.Ordinal) ? ["-c:a", "flac"] : [];
        await Samples.MakeAsync(["-i", scratch["pcm.wav"], .. codec, scratch[name]]);
        using MemoryStream pcm = new();

        DecodedAudio decoded = await Decoder.DecodeAsync(scratch[name], pcm, CancellationToken.None);

        Assert.Equal(pcm.Length, decoded.SampleCount * sizeof(float));
        Assert.Equal(20000, decoded.SampleCount);
        Assert.Equal(decoded.SampleCount / 16000.0, decoded.Duration.TotalSeconds, 6);
        Assert.Equal(channels, decoded.Source.Audio!.Channels);
    }

    [Fact]
    public async Task The_sound_of_a_video_is_taken_and_its_picture_ignored()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", "-f", "lavfi", "-i", "sine=duration=0.5", scratch["film.mp4"]);
        using MemoryStream pcm = new();

        DecodedAudio decoded = await Decoder.DecodeAsync(scratch["film.mp4"], pcm, CancellationToken.None);

        Assert.Equal(8000, decoded.SampleCount);
    }

    [Fact]
    public async Task Samples_that_are_no_numbers_become_silence()
    {
        using Scratch scratch = new();
        byte[] samples = new byte[16000 * 4];
        for (int i = 0; i < 16000; i++)
            BitConverter.TryWriteBytes(samples.AsSpan(i * 4), i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : 0.25f);
        await File.WriteAllBytesAsync(scratch["raw"], samples);
        await Samples.MakeAsync("-f", "f32le", "-ar", "16000", "-ac", "1", "-i", scratch["raw"], "-c:a", "pcm_f32le", scratch["nan.wav"]);
        using MemoryStream pcm = new();

        await Decoder.DecodeAsync(scratch["nan.wav"], pcm, CancellationToken.None);

        Assert.Equal(64000, pcm.Length);
        for (int i = 0; i < 16000; i++)
            Assert.Equal(i % 3 == 2 ? 0.25f : 0, BitConverter.ToSingle(pcm.GetBuffer(), i * 4));
    }

    public static TheoryData<string, string> BadFiles() => new()
    {
        { "absent.wav", "There is no audio file" },
        { "empty.wav", "is empty" },
        { "folder", "is a folder" },
        { "notes.txt", "is not a sound file that can be read" },
        { "noise.bin", "is not a sound file that can be read" },
        { "/dev/zero", "is empty" },
        { "mute.mp4", "has no sound" },
        { "zero.wav", "has a length of zero" },
        { "blip.wav", "shorter than one frame" },
        { "http://127.0.0.1:9/a.wav", "is a web address" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_without_usable_sound_is_refused_with_one_sentence(string name, string expected)
    {
        using Scratch scratch = new();
        await MakeBadFileAsync(scratch, name);
        string path = name.Contains('/', StringComparison.Ordinal) ? name : scratch[name];

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(
            () => Decoder.DecodeAsync(path, Stream.Null, CancellationToken.None));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static Task MakeBadFileAsync(Scratch scratch, string name) => name switch
    {
        "notes.txt" => File.WriteAllTextAsync(scratch[name], string.Concat(Enumerable.Repeat("These are the notes of a lecture, not its sound.\n", 200))),
        "noise.bin" => File.WriteAllBytesAsync(scratch[name], Noise(100_000)),
        "empty.wav" => File.WriteAllBytesAsync(scratch[name], []),
        "folder" => Task.FromResult(Directory.CreateDirectory(scratch[name])),
        "mute.mp4" => Samples.MakeAsync("-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", scratch[name]),
        "zero.wav" => Samples.ToneAsync(scratch[name], 0),
        "blip.wav" => Samples.ToneAsync(scratch[name], 0.01),
        _ => Task.CompletedTask,
    };

    private static byte[] Noise(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task Cancelling_ends_the_decoder_at_once()
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.flac"], 600, 16000);
        using CancellationTokenSource source = new();
        CancellingStream pcm = new(source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Decoder.DecodeAsync(scratch["tone.flac"], pcm, source.Token));

        Assert.InRange(pcm.Written, 1, 1 << 20);
    }

    /// <summary>Cancels as soon as the first bytes arrive.</summary>
    private sealed class CancellingStream(CancellationTokenSource source) : MemoryStream
    {
        public long Written { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            await source.CancelAsync();
        }
    }
}
