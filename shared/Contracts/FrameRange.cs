namespace RenderFarm.Contracts;

/// <summary>Frames of the timeline, half-open: First is in, End is out.</summary>
public readonly record struct FrameRange(long First, long End)
{
    public long Count => End - First;

    public bool IsEmpty => End <= First;
}
