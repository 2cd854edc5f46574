using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Storage;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Segments;

/// <summary>Takes the frames of a segment: borders raw, the interior encoded, and a lossless copy of all where the job keeps its frames.</summary>
internal sealed class SegmentOutputs : IFrameSink, IAsyncDisposable
{
    private readonly List<SegmentFile> files = [];

    /// <param name="folder">Local files live here until they are stored; its owner deletes it.</param>
    public SegmentOutputs(MediaTools tools, PlannedSegment plan, RenderSettings settings, SegmentKeys keys, ScratchFolder folder)
    {
        VideoEncoding encoding = settings.Encoding;
        if (!plan.BorderBefore.IsEmpty)
            files.Add(new RawFramesFile(plan.BorderBefore, BorderBeforeKey = keys.BorderBefore, folder.File("border-before")));
        if (!plan.Interior.IsEmpty)
            files.Add(new ChunkFile(plan.Interior, InteriorKey = keys.Interior(encoding.Codec), folder.File("interior"), tools, encoding));
        if (!plan.BorderAfter.IsEmpty)
            files.Add(new RawFramesFile(plan.BorderAfter, BorderAfterKey = keys.BorderAfter, folder.File("border-after")));
        if (settings.KeepFrames)
            files.Add(new ChunkFile(plan.Frames, FramesKey = keys.Frames, folder.File("frames"), tools, encoding with { Codec = VideoCodec.Ffv1 }));
    }

    public string? InteriorKey { get; }

    public string? BorderBeforeKey { get; }

    public string? BorderAfterKey { get; }

    public string? FramesKey { get; }

    public async ValueTask WriteAsync(long frame, ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
    {
        foreach (SegmentFile file in files)
        {
            if (file.Holds(frame))
                await file.WriteAsync(rgb, cancellationToken);
        }
    }

    /// <summary>Completes the files and stores them.</summary>
    public async Task StoreAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        await Task.WhenAll(files.Select(async file =>
        {
            await file.FinishAsync(cancellationToken);
            await store.PutFileAsync(file.Key, file.Path, cancellationToken);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SegmentFile file in files)
            await file.DisposeAsync();
    }
}
