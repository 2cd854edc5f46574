using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>Frame numbers modulo the length of the timeline, as the official single-clip pipeline has it.</summary>
/// <remarks>
/// Before the shift, window k starts at k · stride for every start below N and may reach past N, that is, into the start of the clip. The
/// shift then rotates all of them. A clip no longer than a window has one window, which rotates too.
/// </remarks>
internal sealed class RingWindowGrid(WindowGeometry geometry, long frameCount) : WindowGrid(geometry, frameCount)
{
    private readonly long windowCount = frameCount <= geometry.Size ? 1 : (frameCount + geometry.Stride - 1) / geometry.Stride;

    public override IEnumerable<FrameWindow> Touching(int stepIndex, FrameRange frames)
    {
        CheckRange(stepIndex, frames);
        return Indices(stepIndex, frames).Select(k => new FrameWindow(Wrap((k * Geometry.Stride) + Phase(stepIndex)), WindowFrames));
    }

    public override FrameRange Reach(int stepIndex, FrameRange frames)
    {
        CheckRange(stepIndex, frames);
        FrameRange unshifted = Unshift(stepIndex, frames);
        long before = 0; // how far windows reach out of the frames, on either side
        long after = 0;
        foreach (long turn in Turns)
        {
            (long first, long last) = IndicesAt(unshifted, turn);
            if (first > last)
                continue;
            before = Math.Max(before, unshifted.First + turn - (first * Geometry.Stride));
            after = Math.Max(after, (last * Geometry.Stride) + WindowFrames - (unshifted.End + turn));
        }
        long count = before + frames.Count + after;
        return count >= FrameCount ? new(0, FrameCount) : At(Wrap(frames.First - before), count);
    }

    private static FrameRange At(long first, long count) => new(first, first + count);

    private long Phase(int stepIndex) => (long)Geometry.ShiftPerStep * stepIndex;

    private FrameRange Unshift(int stepIndex, FrameRange frames) => At(Wrap(frames.First - Phase(stepIndex)), frames.Count);

    /// <summary>Where the frames may lie as seen from windows that are unrolled past N: a turn earlier, in place, a turn later.</summary>
    private long[] Turns => [-FrameCount, 0, FrameCount];

    private IEnumerable<long> Indices(int stepIndex, FrameRange frames)
    {
        FrameRange unshifted = Unshift(stepIndex, frames);
        long next = 0;
        foreach (long turn in Turns)
        {
            (long first, long last) = IndicesAt(unshifted, turn);
            for (long k = Math.Max(first, next); k <= last; k++)
                yield return k;
            next = Math.Max(next, last + 1);
        }
    }

    private (long First, long Last) IndicesAt(FrameRange unshifted, long turn)
    {
        long stride = Geometry.Stride;
        // k·stride < end and k·stride + size > first
        long first = FloorDivide(unshifted.First + turn - WindowFrames, stride) + 1;
        long last = FloorDivide(unshifted.End + turn - 1, stride);
        return (Math.Max(0, first), Math.Min(windowCount - 1, last));
    }

    private static long FloorDivide(long value, long divisor) => (value - Modulo(value, divisor)) / divisor;
}
