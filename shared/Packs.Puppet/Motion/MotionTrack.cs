using RenderFarm.Contracts;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>Mean motion of consecutive frames.</summary>
internal sealed class MotionTrack
{
    private readonly FrameRange _frames;
    private readonly float[] _rowsFL;

    /// <param name="rowsFL">One row of <see cref="MotionParameter.Count"/> floats per frame of the range.</param>
    public MotionTrack(FrameRange frames, float[] rowsFL)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rowsFL.Length, frames.Count * MotionParameter.Count);
        _frames = frames;
        _rowsFL = rowsFL;
    }

    /// <summary>The row of a frame by its absolute number.</summary>
    public ReadOnlySpan<float> this[long frame] => frame >= _frames.First && frame < _frames.End
        ? _rowsFL.AsSpan((int)(frame - _frames.First) * MotionParameter.Count, MotionParameter.Count)
        : throw new ArgumentOutOfRangeException(nameof(frame), frame, $"The segment was opened for frames {_frames.First} to {_frames.End - 1}.");
}
