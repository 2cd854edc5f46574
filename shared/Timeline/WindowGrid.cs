using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>The windows of every denoising step over a timeline: a grid that is absolute, so it does not know about segments.</summary>
/// <remarks>
/// At step s the grid starts at ShiftPerStep · s. Ranges and windows that wrap around a ring are written unrolled: frame numbers at or
/// past <see cref="FrameCount"/> mean the frame <see cref="Wrap"/> gives. Work and memory are proportional to the windows asked for.
/// </remarks>
public abstract class WindowGrid
{
    private protected WindowGrid(WindowGeometry geometry, long frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(geometry.Size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(geometry.Overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(geometry.Overlap, geometry.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(geometry.ShiftPerStep);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        Geometry = geometry;
        FrameCount = frameCount;
        WindowFrames = (int)Math.Min(geometry.Size, frameCount);
    }

    public WindowGeometry Geometry { get; }

    /// <summary>Length of the timeline.</summary>
    public long FrameCount { get; }

    /// <summary>Frames in every window: the size, or the whole timeline where that is shorter.</summary>
    public int WindowFrames { get; }

    public static WindowGrid Create(WindowClosing closing, WindowGeometry geometry, long frameCount) => closing switch
    {
        WindowClosing.Line => new LineWindowGrid(geometry, frameCount),
        WindowClosing.Ring => new RingWindowGrid(geometry, frameCount),
        _ => throw new ArgumentOutOfRangeException(nameof(closing), closing, null),
    };

    /// <summary>The windows of a step that hold at least one of the frames, each once, in the grid's own order.</summary>
    public abstract IEnumerable<FrameWindow> Touching(int stepIndex, FrameRange frames);

    /// <summary>All frames of all windows of a step that hold at least one of the frames: one range, since windows overlap or adjoin.</summary>
    public abstract FrameRange Reach(int stepIndex, FrameRange frames);

    /// <summary>All windows of a step.</summary>
    public IEnumerable<FrameWindow> All(int stepIndex) => Touching(stepIndex, new(0, FrameCount));

    /// <summary>The frame of the timeline that an unrolled number means.</summary>
    public long Wrap(long frame) => Modulo(frame, FrameCount);

    private protected void CheckRange(int stepIndex, FrameRange frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stepIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(frames.First, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Count, 1, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Count, FrameCount, nameof(frames));
    }

    private protected static long Modulo(long value, long modulus)
    {
        long remainder = value % modulus;
        return remainder < 0 ? remainder + modulus : remainder;
    }
}
