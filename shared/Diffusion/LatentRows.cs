using System.Buffers;
using RenderFarm.Contracts;
using RenderFarm.Timeline;

namespace RenderFarm.Diffusion;

/// <summary>One row of floats per frame of a range that may go round a ring, in one pooled block.</summary>
internal sealed class LatentRows : IDisposable
{
    private readonly WindowGrid grid;
    private float[]? block;

    public LatentRows(WindowGrid grid, FrameRange frames, int latentLength)
    {
        if (frames.Count > Array.MaxLength / latentLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(frames), $"{frames.Count} frames of {latentLength} floats do not fit one block: render shorter segments.");
        }
        this.grid = grid;
        Frames = frames;
        LatentLength = latentLength;
        block = ArrayPool<float>.Shared.Rent((int)frames.Count * latentLength);
    }

    public FrameRange Frames { get; }

    public int LatentLength { get; }

    public Span<float> Row(long frame) => Rows(frame, 1);

    /// <summary>Rows of frames that follow each other without passing the end of <see cref="Frames"/>.</summary>
    public Span<float> Rows(long firstFrame, int count)
    {
        ObjectDisposedException.ThrowIf(block is null, this);
        long offset = grid.Wrap(firstFrame - Frames.First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Frames.Count, nameof(firstFrame));
        return block.AsSpan((int)offset * LatentLength, count * LatentLength);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref block, null) is { } rented)
            ArrayPool<float>.Shared.Return(rented);
    }
}
