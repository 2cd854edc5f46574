using RenderFarm.Contracts;
using RenderFarm.Media;

namespace RenderFarm.Worker.Segments;

/// <summary>Frames encoded to one chunk.</summary>
internal sealed class ChunkFile(FrameRange frames, string key, string path, MediaTools tools, VideoEncoding encoding) : SegmentFile(frames, key, path)
{
    private ChunkEncoder? encoder;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
    {
        encoder ??= ChunkEncoder.Start(tools, encoding, Path);
        return encoder.WriteAsync(rgb, cancellationToken);
    }

    public override Task FinishAsync(CancellationToken cancellationToken) => encoder?.FinishAsync(cancellationToken) ?? Task.CompletedTask;

    public override ValueTask DisposeAsync() => encoder?.DisposeAsync() ?? ValueTask.CompletedTask;
}
