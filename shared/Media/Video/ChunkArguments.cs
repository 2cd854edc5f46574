using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Media;

/// <summary>Arguments that encode raw frames from stdin to one chunk. Chunks of equal settings join by stream copy.</summary>
public static class ChunkArguments
{
    /// <summary>One thread: x264's pictures depend on the number of threads, and a farm encodes many chunks at a time anyway.</summary>
    private const string Threads = "1";

    /// <summary>A key frame at least so often, so that players can seek.</summary>
    private static readonly TimeSpan KeyFrameInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A speaker before a still background gains most from frames that are mostly copies: macroblock-tree rate control over a short
    /// lookahead, and B-frames at fixed places. Measured against veryfast in README.md.
    /// </summary>
    private const string StillBackground = "mbtree=1:rc-lookahead=10:b-adapt=0";

    /// <summary>Extension of the chunk files of a codec; both are the MOV family, whose timestamps are exact.</summary>
    public static string Extension(VideoCodec codec) => codec == VideoCodec.H264 ? ".mp4" : ".mov";

    public static IReadOnlyList<string> Encode(VideoEncoding encoding, string outputPath)
    {
        VideoTiming timing = VideoTiming.Of(encoding.FrameRate);
        string ticks = Text(timing.TicksPerSecond);
        return
        [
            .. InputArguments.Quiet, "-y", "-protocol_whitelist", "file,pipe",
            .. RawInput(encoding), "-map", "0:v:0", "-an", "-threads", Threads,
            .. encoding.Codec switch
            {
                VideoCodec.H264 => H264(encoding),
                VideoCodec.Ffv1 => Ffv1,
                _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding.Codec, "No encoder for this codec."),
            },
            "-fflags", "+bitexact", "-flags:v", encoding.Codec == VideoCodec.H264 ? "+bitexact+cgop" : "+bitexact",
            "-video_track_timescale", ticks, "-movie_timescale", ticks,
            "-progress", "pipe:1", "-stats_period", "3600",
            "-f", encoding.Codec == VideoCodec.H264 ? "mp4" : "mov", InputArguments.FileUrl(outputPath),
        ];
    }

    /// <summary>How many frames later than shown a frame may be decoded: three B-frames in a row, the middle one a reference.</summary>
    public static int ReorderedFrames(VideoCodec codec) => codec == VideoCodec.H264 ? 2 : 0;

    /// <summary>What <see cref="Encode"/> expects on stdin: planar BT.709 for H.264, packed RGB for FFV1.</summary>
    public static string InputPixelFormat(VideoCodec codec) => codec == VideoCodec.H264 ? "yuv420p" : "rgb24";

    private static IReadOnlyList<string> RawInput(VideoEncoding encoding) =>
    [
        "-f", "rawvideo", "-pix_fmt", InputPixelFormat(encoding.Codec),
        "-video_size", $"{Text(encoding.SizePixels)}x{Text(encoding.SizePixels)}",
        "-framerate", VideoTiming.Text(encoding.FrameRate), "-i", "pipe:0",
    ];

    // Closed groups of pictures and equal parameter sets are what lets chunks follow each other without re-encoding. The matrix,
    // range and siting are those of Bt709Yuv420; transfer and primaries are tagged BT.709 as players expect of video from sRGB.
    private static IReadOnlyList<string> H264(VideoEncoding encoding) =>
    [
        "-c:v", "libx264", "-preset", "superfast", "-crf", Text(encoding.Crf), "-profile:v", "high", "-pix_fmt", "yuv420p",
        "-g", Text(KeyFrames(encoding.FrameRate)), "-keyint_min", Text(KeyFrames(encoding.FrameRate)), "-sc_threshold", "0", "-bf", "3",
        "-x264-params", StillBackground + ":open-gop=0:scenecut=0:stitchable=1",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-chroma_sample_location", "left",
    ];

    // FFV1 codes 8-bit RGB through its own reversible colour transform: every byte comes back. Golomb-Rice codes (coder 0) cost two
    // thirds of the time of the range coder for 7 % more bytes.
    private static IReadOnlyList<string> Ffv1 =>
        ["-c:v", "ffv1", "-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1", "-coder", "0", "-context", "0", "-pix_fmt", "bgr0"];

    private static int KeyFrames(FrameRate rate) => (int)Math.Ceiling(KeyFrameInterval.TotalSeconds * rate.Numerator / rate.Denominator);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
