using RenderFarm.Contracts;

namespace RenderFarm.Worker.Segments;

/// <summary>Frames one after the other as they are, RGB24.</summary>
internal sealed class RawFramesFile(FrameRange frames, string key, string path) : SegmentFile(frames, key, path)
{
    private FileStream? stream;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
    {
        // Without a buffer: a frame is larger than any worth having.
        stream ??= new FileStream(Path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        return stream.WriteAsync(rgb, cancellationToken);
    }

    public override Task FinishAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public override ValueTask DisposeAsync() => stream?.DisposeAsync() ?? ValueTask.CompletedTask;
}
