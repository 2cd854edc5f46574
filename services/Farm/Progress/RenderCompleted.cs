namespace RenderFarm.Farm.Progress;

/// <summary>The video is whole and in its place.</summary>
internal sealed record RenderCompleted : RenderEvent
{
    public required string Out { get; init; }

    public required long SizeBytes { get; init; }

    public required long Frames { get; init; }

    public required double VideoSeconds { get; init; }

    /// <summary>Time this run took; earlier, interrupted runs are not counted.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Video seconds that this run rendered, per second of its time.</summary>
    public required double TimesRealTime { get; init; }

    /// <summary>Where <c>--keep-frames</c> left every frame; null without it.</summary>
    public required string? KeptFrames { get; init; }
}
