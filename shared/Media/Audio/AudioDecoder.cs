using System.Globalization;
using System.Runtime.InteropServices;
using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>Turns the first sound stream of any file into PCM, streaming: memory does not grow with its length.</summary>
public sealed class AudioDecoder(MediaTools tools)
{
    /// <summary>A small file can hold an endless silence; the disk is not its to fill.</summary>
    public static readonly TimeSpan LongestAudio = TimeSpan.FromHours(48);

    /// <summary>One frame at 25 frames per second.</summary>
    public static readonly TimeSpan ShortestAudio = TimeSpan.FromMilliseconds(40);

    /// <summary>HE-AAC: 2048 samples; the resampler adds a few.</summary>
    private const int MostSamplesPerPacket = 2100;

    /// <summary>Arguments that write all samples of the first sound stream to stdout, in order, without regard to gaps in their timestamps.</summary>
    public static IReadOnlyList<string> Decode(string path, PcmFormat format) =>
    [
        .. InputArguments.Quiet, "-threads", "1", .. InputArguments.Container(path), "-map", "0:a:0", "-vn", "-sn", "-dn",
        // Timestamps count samples: a stream that starts late or jumps is not padded, so every consumer counts the same samples.
        "-af", "asetpts=N/SR/TB",
        "-ac", format.Channels.ToString(CultureInfo.InvariantCulture),
        "-ar", format.SampleRateHz.ToString(CultureInfo.InvariantCulture),
        "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
    ];

    /// <summary>Writes the sound as mono 16 kHz 32-bit float, little-endian, without header. Values that are not numbers become 0.</summary>
    /// <exception cref="PermanentException">There is nothing a video could be made of; the message says what to do.</exception>
    public async Task<DecodedAudio> DecodeAsync(string path, Stream pcm, CancellationToken cancellationToken)
    {
        MediaInfo source = await new MediaProbe(tools).RequireAudioAsync(path, cancellationToken);
        PcmFormat format = PcmFormat.Mono16Khz;
        long samples = await PumpAsync(path, source, format, (block, token) => pcm.WriteAsync(block, token), cancellationToken);
        DecodedAudio decoded = new() { SampleCount = samples, SampleRateHz = format.SampleRateHz, Source = source };
        if (samples == 0)
            throw AudioSentences.Silent(path);
        if (decoded.Duration < ShortestAudio)
            throw AudioSentences.TooShort(path, decoded.Duration.TotalSeconds);
        return decoded;
    }

    /// <summary>Decodes and hands whole samples on, block by block; returns their number per channel.</summary>
    internal async Task<long> PumpAsync(
        string path, MediaInfo source, PcmFormat format, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        await using MediaProcess decoder = MediaProcess.StartCapped(tools.Ffmpeg, Decode(path, format));
        ClaimedEnd kept = new(ClaimedBytes(source, format), LongestPadding(source, format), take);
        long longest = (long)(LongestAudio.TotalSeconds * format.SampleRateHz) * format.BytesPerSample;
        int held = 0;
        byte[] buffer = new byte[1 << 16];
        int count;
        while ((count = await decoder.ReadAsync(buffer.AsMemory(held), cancellationToken)) > 0)
        {
            int filled = held + count;
            held = filled % format.BytesPerSample;
            ZeroWhatIsNoNumber(MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, filled - held)));
            await kept.WriteAsync(buffer.AsMemory(0, filled - held), cancellationToken);
            buffer.AsSpan(filled - held, held).CopyTo(buffer);
            if (kept.PassedBytes > longest)
                throw AudioSentences.TooLong(path, LongestAudio.TotalHours);
        }

        await CompleteAsync(path, decoder, heard: kept.PassedBytes > 0, cancellationToken);
        return kept.PassedBytes / format.BytesPerSample;
    }

    // ffmpeg skips what it cannot decode and calls that success; all of it skipped means that this was never sound.
    private static async Task CompleteAsync(string path, MediaProcess decoder, bool heard, CancellationToken cancellationToken)
    {
        try
        {
            await decoder.CompleteAsync(cancellationToken);
        }
        catch (Exception refused) when (refused is MediaToolException || ToolFailure.IsOutOfMemory(refused))
        {
            throw AudioSentences.NotSound(path, refused);
        }

        if (!heard && decoder.ErrorText.Length > 0)
            throw AudioSentences.NotSound(path, new InvalidDataException(decoder.ErrorText));
    }

    // Only the MOV family tells the length of the sound apart from the length of its packets.
    private static long? ClaimedBytes(MediaInfo source, PcmFormat format) =>
        source.Format.StartsWith("mov", StringComparison.Ordinal) && source.Audio?.Duration is { } length && length > TimeSpan.Zero
            ? (long)Math.Round(length.TotalSeconds * format.SampleRateHz) * format.BytesPerSample
            : null;

    private static int LongestPadding(MediaInfo source, PcmFormat format) =>
        (int)(MostSamplesPerPacket * (long)format.SampleRateHz / Math.Max(source.Audio!.SampleRateHz, 8000)) * format.BytesPerSample;

    // A float WAV may hold NaN and infinity; one of them would spread through every filter after it.
    private static void ZeroWhatIsNoNumber(Span<float> samples)
    {
        foreach (ref float sample in samples)
            if (!float.IsFinite(sample))
                sample = 0;
    }
}
