namespace RenderFarm.Farm.Progress;

/// <summary>The length is known and the timeline is cut.</summary>
internal sealed record RenderPlanned : RenderEvent
{
    public required long Frames { get; init; }

    public required double VideoSeconds { get; init; }

    public required int Segments { get; init; }

    /// <summary>Segments that an earlier run of the same render had finished.</summary>
    public required int SegmentsReused { get; init; }
}
