using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>One segment of a plan: the frames one worker renders, and the borders it shares with its neighbours.</summary>
/// <param name="Frames">The segment; the segments of a plan tile the timeline.</param>
/// <param name="BorderBefore">Frames around the cut at <c>Frames.First</c>, half on each side; empty for the first segment.</param>
/// <param name="BorderAfter">Frames around the cut at <c>Frames.End</c>; empty for the last segment.</param>
public readonly record struct PlannedSegment(FrameRange Frames, FrameRange BorderBefore, FrameRange BorderAfter)
{
    /// <summary>The segment without its borders, may be empty: encoded once, in final form.</summary>
    public FrameRange Interior => new(BorderBefore.IsEmpty ? Frames.First : BorderBefore.End, BorderAfter.IsEmpty ? Frames.End : BorderAfter.First);

    /// <summary>All frames this segment's worker decodes: border, interior, border.</summary>
    public FrameRange Rendered => new(BorderBefore.IsEmpty ? Frames.First : BorderBefore.First, BorderAfter.IsEmpty ? Frames.End : BorderAfter.End);
}
