namespace RenderFarm.Farm.Progress;

/// <summary>Stopped by a signal; the same command goes on where this one ended.</summary>
internal sealed record RenderStopped : RenderEvent
{
    public required int Segments { get; init; }

    public required int SegmentsRendered { get; init; }
}
