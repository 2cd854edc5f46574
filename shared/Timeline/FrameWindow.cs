namespace RenderFarm.Timeline;

/// <summary>Consecutive frames that the network sees at once.</summary>
/// <param name="First">First frame, within the timeline.</param>
/// <param name="Count">Frames; on a ring those that reach past the end of the timeline go on at its start.</param>
public readonly record struct FrameWindow(long First, int Count)
{
    public long End => First + Count;
}
