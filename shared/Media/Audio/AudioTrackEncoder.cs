using RenderFarm.Contracts;
using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>Makes the AAC track of the video: the original sound, cut or padded with silence to the exact length of the frames.</summary>
public sealed class AudioTrackEncoder(MediaTools tools)
{
    /// <summary>Usual ending of the file.</summary>
    public const string Extension = ".m4a";

    /// <summary>Samples that last as long as the frames, rounded to the nearest.</summary>
    public static long SampleCount(long frameCount, FrameRate rate, int sampleRateHz)
    {
        Int128 twice = (Int128)2 * frameCount * rate.Denominator * sampleRateHz;
        return (long)((twice + rate.Numerator) / (2 * (Int128)rate.Numerator));
    }

    /// <exception cref="PermanentException">The audio cannot be read, or the disk is full.</exception>
    public async Task EncodeAsync(string audioPath, long frameCount, FrameRate rate, string outputPath, CancellationToken cancellationToken)
    {
        MediaInfo source = await new MediaProbe(tools).RequireAudioAsync(audioPath, cancellationToken);
        PcmFormat format = AudioTrackArguments.FormatFor(source.Audio!);
        string absolute = Path.GetFullPath(outputPath);
        string partial = absolute + ".partial";
        try
        {
            await using MediaProcess encoder = MediaProcess.Start(
                tools.Ffmpeg, AudioTrackArguments.Encode(format, partial), Path.GetDirectoryName(absolute));
            await FeedExactlyAsync(encoder, audioPath, source, format, SampleCount(frameCount, rate, format.SampleRateHz), cancellationToken);
            await encoder.CompleteAsync(cancellationToken);
            File.Move(partial, absolute, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task FeedExactlyAsync(
        MediaProcess encoder, string audioPath, MediaInfo source, PcmFormat format, long sampleCount, CancellationToken cancellationToken)
    {
        long left = sampleCount * format.BytesPerSample;
        await new AudioDecoder(tools).PumpAsync(audioPath, source, format, TakeAsync, cancellationToken);
        byte[] silence = new byte[1 << 16];
        while (left > 0)
            await TakeAsync(silence.AsMemory(), cancellationToken);

        async ValueTask TakeAsync(ReadOnlyMemory<byte> block, CancellationToken token)
        {
            ReadOnlyMemory<byte> wanted = block[..(int)Math.Min(block.Length, left)];
            left -= wanted.Length;
            if (!wanted.IsEmpty)
                await encoder.WriteAsync(wanted, token);
        }
    }
}
