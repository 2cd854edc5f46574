using System.Globalization;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Farm.State;
using RenderFarm.Media;
using RenderFarm.Storage;

namespace RenderFarm.Farm.Rendering;

/// <summary><c>--keep-frames</c>: the lossless frames of all segments as one file beside the video.</summary>
internal static class KeptFrames
{
    public static string PathFor(OutputFile video) => Path.ChangeExtension(video.Path, ".frames.mkv");

    /// <summary>Joins what the workers kept, by stream copy.</summary>
    public static async Task JoinAsync(EmbeddedFarm farm, JobRequest request, JobSnapshot job, string path, CancellationToken cancellationToken)
    {
        string prefix = JobKeys.Prefix(job.JobId);
        string[] keys = await KeysAsync(farm.Store, prefix, cancellationToken);
        string[] chunks = Chunks(keys, $"{prefix}segments/");
        if (chunks.Length != job.Segments.Count)
            throw new InvalidOperationException($"{chunks.Length} of {job.Segments.Count} segments kept their frames.");
        string container = path + ".mkv"; // the joiner goes by the name
        VideoJoin join = new()
        {
            ChunkPaths = [.. chunks.Select(farm.PathOf)],
            AudioTrackPath = farm.PathOf(keys.Last(key => key.StartsWith($"{prefix}track/", StringComparison.Ordinal))),
            FrameCount = job.FrameCount,
            Encoding = request.Settings.Encoding with { Codec = VideoCodec.Ffv1 },
            Labels = request.Labels,
            OutputPath = container,
        };
        await new VideoJoiner(MediaTools.FromPath).JoinAsync(join, cancellationToken);
        File.Move(container, path);
    }

    /// <summary>One file of frames per segment, in order: keys are <c>INDEX/ATTEMPT/frames.…</c>, and the last attempt is as good as any.</summary>
    internal static string[] Chunks(IEnumerable<string> keys, string segments) =>
    [
        .. keys.Where(key => key.StartsWith(segments, StringComparison.Ordinal))
            .Select(key => (Key: key, Parts: key[segments.Length..].Split('/')))
            .Where(found => found.Parts is [_, _, { } name] && name.StartsWith("frames.", StringComparison.Ordinal))
            .GroupBy(found => found.Parts[0], StringComparer.Ordinal)
            .OrderBy(segment => segment.Key, StringComparer.Ordinal)
            .Select(segment => segment.MaxBy(found => int.Parse(found.Parts[1], CultureInfo.InvariantCulture)).Key),
    ];

    private static async Task<string[]> KeysAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        await foreach (ObjectInfo found in store.ListAsync(prefix, cancellationToken))
            keys.Add(found.Key);
        return [.. keys];
    }
}
