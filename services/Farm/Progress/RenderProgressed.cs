namespace RenderFarm.Farm.Progress;

/// <summary>How far the render is.</summary>
internal sealed record RenderProgressed : RenderEvent
{
    /// <summary><c>preparing</c>, <c>rendering</c> or <c>joining</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>0 until the length is known.</summary>
    public required long Frames { get; init; }

    public required double FramesDone { get; init; }

    public required double? FramesPerSecond { get; init; }

    public required double? SecondsLeft { get; init; }

    /// <summary>The true rest lies between these two nine times of ten.</summary>
    public required double? SecondsLeftAtLeast { get; init; }

    public required double? SecondsLeftAtMost { get; init; }

    public required int Segments { get; init; }

    public required int SegmentsRendered { get; init; }

    public required int SegmentsFailed { get; init; }

    public required IReadOnlyList<WorkerProgress> Workers { get; init; }

    /// <summary>Share that is done, 0 to 1.</summary>
    public double Fraction => Frames == 0 ? 0 : Math.Clamp(FramesDone / Frames, 0, 1);
}
