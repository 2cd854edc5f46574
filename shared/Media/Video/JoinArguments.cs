using System.Globalization;
using System.Text;
using RenderFarm.Contracts;

namespace RenderFarm.Media;

/// <summary>Arguments and list for joining chunks by stream copy.</summary>
public static class JoinArguments
{
    /// <summary>The concat demuxer reads its list (<see cref="ChunkList"/>) from stdin.</summary>
    public static IReadOnlyList<string> Join(VideoJoin join, string outputPath)
    {
        VideoTiming timing = VideoTiming.Of(join.Encoding.FrameRate);
        string container = Container(join);
        return
        [
            .. InputArguments.Quiet, "-y",
            "-protocol_whitelist", "file,pipe", "-format_whitelist", "concat,mov", "-safe", "0", "-f", "concat", "-i", "pipe:0",
            "-protocol_whitelist", "file,pipe", "-format_whitelist", "mov", "-i", InputArguments.FileUrl(join.AudioTrackPath),
            "-map", "0:v:0", "-map", "1:a:0", "-c", "copy",
            .. container == "matroska" ? [] : (string[])["-bsf:v", SnapToGrid(join.Encoding, timing.TicksPerFrame)],
            "-map_metadata", "-1", "-fflags", "+bitexact",
            .. Labels(join.Labels, container),
            .. container == "matroska" ? [] : MovFlags(timing),
            "-progress", "pipe:1", "-stats_period", "3600",
            "-f", container, InputArguments.FileUrl(outputPath),
        ];
    }

    /// <summary>ffmpeg's concat script; names stand in single quotes, in which only the quote itself is special.</summary>
    public static byte[] ChunkList(IReadOnlyList<string> chunkPaths)
    {
        StringBuilder list = new();
        foreach (string path in chunkPaths)
        {
            if (path.Contains('\n', StringComparison.Ordinal))
                throw new ArgumentException("A line of the list cannot hold the name of a chunk with a line break.", nameof(chunkPaths));
            list.Append("file '").Append(InputArguments.FileUrl(path).Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
        }

        return Encoding.UTF8.GetBytes(list.ToString());
    }

    /// <summary>Matroska takes any codec; MP4 has no name for FFV1, so a lossless ".mp4" is written the QuickTime way.</summary>
    public static string Container(VideoJoin join) => Path.GetExtension(join.OutputPath).ToUpperInvariant() switch
    {
        ".MKV" => "matroska",
        ".MOV" => "mov",
        _ => join.Encoding.Codec == VideoCodec.H264 ? "mp4" : "mov",
    };

    // The concat demuxer counts chunk lengths in microseconds, and a frame is rarely a whole number of them: without snapping,
    // timestamps would drift by a third of a microsecond per chunk until a step comes out one tick short. Decoding times are simply
    // counted: a chunk of one frame has no B-frame delay of its own, and taking its times would leave a hole. Matroska counts
    // milliseconds whatever it is asked for: the expression's ticks would be the wrong unit there, and its rounding hides the drift.
    private static string SnapToGrid(VideoEncoding encoding, int ticksPerFrame) => string.Create(
        CultureInfo.InvariantCulture,
        $"setts=pts=round(PTS/{ticksPerFrame})*{ticksPerFrame}:dts=(N-{ChunkArguments.ReorderedFrames(encoding.Codec)})*{ticksPerFrame}");

    private static IReadOnlyList<string> Labels(VideoLabels labels, string container) =>
    [
        "-metadata", "title=" + Plain(labels.Title), "-metadata", "comment=" + Plain(ProvenanceTerms.Comment(labels.Generator)),
        .. container == "matroska"
            ? (string[])
            [
                "-metadata", $"{ProvenanceTerms.MatroskaGeneratorTag}={Plain(labels.Generator)}",
                "-metadata", $"{ProvenanceTerms.MatroskaSourceTag}={ProvenanceTerms.TrainedAlgorithmicMedia}",
            ]
            : [],
    ];

    private static IReadOnlyList<string> MovFlags(VideoTiming timing)
    {
        string ticks = timing.TicksPerSecond.ToString(CultureInfo.InvariantCulture);
        return ["-movflags", "+faststart", "-video_track_timescale", ticks, "-movie_timescale", ticks];
    }

    // An argument ends at a zero byte.
    private static string Plain(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
