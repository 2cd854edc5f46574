using System.Globalization;

namespace RenderFarm.Media;

/// <summary>Arguments that encode PCM from stdin to AAC.</summary>
public static class AudioTrackArguments
{
    /// <summary>At this rate the fast coder is as close to the original as the slow one, in a third of the time; README.md has the figures.</summary>
    private const int BitsPerSecondPerChannel = 96000;

    /// <summary>Sampling rates of AAC that are worth having: ISO/IEC 14496-3 table 1.18, from telephone quality upwards.</summary>
    private static readonly int[] Rates = [16000, 22050, 24000, 32000, 44100, 48000];

    /// <summary>The format that keeps the source: its rate, or the next one AAC knows; mono stays mono, all else becomes stereo.</summary>
    public static PcmFormat FormatFor(MediaTrack source)
    {
        int rate = Rates.FirstOrDefault(known => known >= source.SampleRateHz, Rates[^1]);
        return new PcmFormat(rate, source.Channels == 1 ? 1 : 2);
    }

    public static IReadOnlyList<string> Encode(PcmFormat format, string outputPath) =>
    [
        .. InputArguments.Quiet, "-y", "-protocol_whitelist", "file,pipe",
        "-f", "f32le", "-ac", Text(format.Channels), "-ar", Text(format.SampleRateHz), "-i", "pipe:0",
        "-c:a", "aac", "-aac_coder", "fast", "-b:a", Text(BitsPerSecondPerChannel * format.Channels), "-threads", "1",
        "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movie_timescale", Text(format.SampleRateHz),
        "-f", "mp4", InputArguments.FileUrl(outputPath),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
