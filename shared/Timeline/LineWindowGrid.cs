using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>No wrap: windows that hang over an end are moved inside, so every frame is covered by full windows.</summary>
/// <remarks>
/// Neighbouring windows start at most a window apart, so some window always hangs over (or starts at) frame 0 and over the last frame.
/// Several that are moved to the same place are one window, which leaves the first, the last, and the grid strictly between them.
/// </remarks>
internal sealed class LineWindowGrid(WindowGeometry geometry, long frameCount) : WindowGrid(geometry, frameCount)
{
    private long LastStart => FrameCount - WindowFrames;

    public override IEnumerable<FrameWindow> Touching(int stepIndex, FrameRange frames)
    {
        CheckRange(stepIndex, frames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.End, FrameCount, nameof(frames));
        return Starts(stepIndex, frames).Select(start => new FrameWindow(start, WindowFrames));
    }

    public override FrameRange Reach(int stepIndex, FrameRange frames)
    {
        CheckRange(stepIndex, frames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.End, FrameCount, nameof(frames));
        (long firstInner, long lastInner) = InnerStarts(stepIndex, frames);
        bool hasInner = firstInner <= lastInner;
        long first = TouchesFirst(frames) ? 0 : hasInner ? firstInner : LastStart;
        long last = TouchesLast(frames) ? LastStart : hasInner ? lastInner : 0;
        return new(first, last + WindowFrames);
    }

    private IEnumerable<long> Starts(int stepIndex, FrameRange frames)
    {
        if (TouchesFirst(frames))
            yield return 0;
        (long firstInner, long lastInner) = InnerStarts(stepIndex, frames);
        for (long start = firstInner; start <= lastInner; start += Geometry.Stride)
            yield return start;
        if (TouchesLast(frames) && LastStart > 0)
            yield return LastStart;
    }

    private bool TouchesFirst(FrameRange frames) => frames.First < WindowFrames;

    private bool TouchesLast(FrameRange frames) => frames.End > LastStart;

    /// <summary>First and last grid starts strictly between the two outermost windows that touch the frames; first is above last if there is none.</summary>
    private (long First, long Last) InnerStarts(int stepIndex, FrameRange frames)
    {
        long phase = (long)Geometry.ShiftPerStep * stepIndex;
        long lowest = Math.Max(1, frames.First - WindowFrames + 1);
        long highest = Math.Min(LastStart - 1, frames.End - 1);
        return (lowest + Modulo(phase - lowest, Geometry.Stride), highest - Modulo(highest - phase, Geometry.Stride));
    }
}
