using RenderFarm.Contracts;

namespace RenderFarm.Worker.Segments;

/// <summary>A local file that some of the frames of a segment go into, and the key it will be stored under.</summary>
internal abstract class SegmentFile(FrameRange frames, string key, string path) : IAsyncDisposable
{
    public string Key => key;

    public string Path => path;

    public bool Holds(long frame) => frame >= frames.First && frame < frames.End;

    /// <summary>Takes the next frame of the range; the first one opens the file, so nothing runs before there is something to write.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken);

    /// <summary>Completes the file.</summary>
    public abstract Task FinishAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
