using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>Where a job's objects lie in the store. Everything of one job is below one prefix; every attempt writes keys of its own.</summary>
public static class JobKeys
{
    /// <summary>Everything of the job; ends in '/'.</summary>
    public static string Prefix(Guid jobId) => $"jobs/{jobId:N}/";

    /// <summary>Where the submitter puts an input, for example <c>audio</c> or <c>portrait</c>.</summary>
    public static string Input(Guid jobId, string name) => $"{Prefix(jobId)}input/{name}";

    public static string PreparedPrefix(Guid jobId) => $"{Prefix(jobId)}prepared/";

    public static string PreparedPrefix(Guid jobId, int attempt) => Invariant($"{PreparedPrefix(jobId)}{attempt}/");

    public static string SegmentPrefix(Guid jobId, int index, int attempt) => Invariant($"{Prefix(jobId)}segments/{index:D6}/{attempt}/");

    public static string Border(Guid jobId, int index, int attempt, VideoCodec codec) =>
        Invariant($"{Prefix(jobId)}borders/{index:D6}/{attempt}.{Extension(codec)}");

    public static string AudioTrack(Guid jobId, int attempt) => Invariant($"{Prefix(jobId)}track/{attempt}.m4a");

    public static string ChunkList(Guid jobId) => $"{Prefix(jobId)}mux/chunks.txt";

    /// <summary>What outlives the job's end; ends in '/'.</summary>
    public static string OutputPrefix(Guid jobId) => $"{Prefix(jobId)}output/";

    public static string Output(Guid jobId, int attempt, VideoCodec codec) =>
        Invariant($"{OutputPrefix(jobId)}{attempt}/video.{Extension(codec)}");

    /// <summary>What a video of the codec is called: MP4 cannot carry FFV1, Matroska can.</summary>
    public static string Extension(VideoCodec codec) => codec switch
    {
        VideoCodec.H264 => "mp4",
        VideoCodec.Ffv1 => "mkv",
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, null),
    };

    private static string Invariant(FormattableString key) => key.ToString(CultureInfo.InvariantCulture);
}
