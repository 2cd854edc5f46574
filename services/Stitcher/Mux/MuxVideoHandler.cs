using System.Globalization;
using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Storage;

namespace RenderFarm.Stitcher.Mux;

/// <summary>Answers <see cref="MuxVideo"/>: the finished video, joined by stream copy.</summary>
internal sealed class MuxVideoHandler(StitchWork stitching, IObjectStore store, MediaTools tools) : IMessageHandler<MuxVideo>
{
    private const int Downloads = 4;

    public Task HandleAsync(MuxVideo message, CancellationToken cancellationToken) =>
        stitching.RunAsync(
            new(message.JobId, StitchTask.MuxVideo, Index: 0, message.Attempt),
            message.OutputKey,
            (folder, token) => MuxAsync(message, folder, token),
            cancellationToken);

    private async Task<VideoMuxed> MuxAsync(MuxVideo message, ScratchFolder folder, CancellationToken cancellationToken)
    {
        // Puts are atomic: an object under the key is a whole one, from an earlier delivery.
        ObjectInfo? video = await store.StatAsync(message.OutputKey, cancellationToken);
        if (video is null)
        {
            await JoinAsync(message, folder, cancellationToken);
            video = await store.StatAsync(message.OutputKey, cancellationToken) ?? throw new ObjectNotFoundException(message.OutputKey);
        }

        return new VideoMuxed { JobId = message.JobId, Attempt = message.Attempt, OutputKey = message.OutputKey, SizeBytes = video.SizeBytes };
    }

    private async Task JoinAsync(MuxVideo message, ScratchFolder folder, CancellationToken cancellationToken)
    {
        string audioTrackPath = folder.File("track" + AudioTrackEncoder.Extension);
        await store.GetFileAsync(message.AudioTrackKey, audioTrackPath, cancellationToken);
        // The ending of the name decides the container.
        string outputPath = folder.File("video" + Path.GetExtension(message.OutputKey));
        VideoJoin join = new()
        {
            ChunkPaths = await FetchChunksAsync(message.ChunkListKey, folder, cancellationToken),
            AudioTrackPath = audioTrackPath,
            FrameCount = message.FrameCount,
            Encoding = message.Encoding,
            Labels = message.Labels,
            OutputPath = outputPath,
        };
        await new VideoJoiner(tools).JoinAsync(join, cancellationToken);
        await store.PutFileAsync(message.OutputKey, outputPath, cancellationToken);
    }

    private async Task<string[]> FetchChunksAsync(string chunkListKey, ScratchFolder folder, CancellationToken cancellationToken)
    {
        string[] keys = await ReadListAsync(chunkListKey, cancellationToken);
        string[] paths = [.. keys.Select((_, i) => folder.File(string.Create(CultureInfo.InvariantCulture, $"{i:D6}.chunk")))];
        ParallelOptions few = new() { MaxDegreeOfParallelism = Downloads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, keys.Length, few, async (i, token) => await store.GetFileAsync(keys[i], paths[i], token));
        return paths;
    }

    private async Task<string[]> ReadListAsync(string chunkListKey, CancellationToken cancellationToken)
    {
        await using Stream stream = await store.OpenReadAsync(chunkListKey, cancellationToken);
        using StreamReader reader = new(stream);
        string text = await reader.ReadToEndAsync(cancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
