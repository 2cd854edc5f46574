using System.Numerics.Tensors;
using RenderFarm.Contracts;

namespace RenderFarm.Diffusion;

/// <summary>Denoised latents of consecutive frames. Dispose it when they are decoded: the memory goes back to the pool.</summary>
public sealed class DenoisedFrames : IDisposable
{
    private readonly LatentRows rows;

    internal DenoisedFrames(LatentRows rows, FrameRange frames)
    {
        this.rows = rows;
        Frames = frames;
    }

    public FrameRange Frames { get; }

    /// <summary>Floats per frame (L).</summary>
    public int LatentLength => rows.LatentLength;

    /// <summary>The latent of one frame, L floats.</summary>
    public ReadOnlySpan<float> this[long frame] => Rows(new(frame, frame + 1));

    /// <summary>The latents of consecutive frames, F × L.</summary>
    public ReadOnlySpan<float> Rows(FrameRange frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.First, Frames.First, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.End, Frames.End, nameof(frames));
        return rows.Rows(frames.First, (int)frames.Count);
    }

    /// <summary>The first frame with a NaN or an infinity in it: the sign of a broken model or device.</summary>
    public long? FirstNonFiniteFrame()
    {
        for (long frame = Frames.First; frame < Frames.End; frame++)
            if (!TensorPrimitives.IsFiniteAll(this[frame]))
                return frame;
        return null;
    }

    public void Dispose() => rows.Dispose();
}
