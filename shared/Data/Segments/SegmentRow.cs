using RenderFarm.Contracts;

namespace RenderFarm.Data.Segments;

/// <summary>One segment of a planned job.</summary>
public sealed class SegmentRow : WorkRow
{
    public long First { get; set; }

    public long End { get; set; }

    public long BorderBeforeFirst { get; set; }

    public long BorderBeforeEnd { get; set; }

    public long BorderAfterFirst { get; set; }

    public long BorderAfterEnd { get; set; }

    /// <summary>Who renders or rendered it; null while nobody has reported.</summary>
    public string? WorkerId { get; set; }

    public SegmentStage Stage { get; set; }

    /// <summary>0 to 1, while in flight.</summary>
    public double Fraction { get; set; }

    /// <summary>Times a worker handed it back.</summary>
    public int Returns { get; set; }

    /// <summary>Workers on which it failed.</summary>
    public required IReadOnlyList<string> FailedOn { get; set; }

    /// <summary>Workers that fell silent while rendering it.</summary>
    public required IReadOnlyList<string> LostOn { get; set; }

    public string? InteriorKey { get; set; }

    public string? BorderBeforeKey { get; set; }

    public string? BorderAfterKey { get; set; }

    /// <summary>Where its frames are kept lossless; null unless the job keeps them.</summary>
    public string? FramesKey { get; set; }

    public TimeSpan DenoiseTime { get; set; }

    public TimeSpan DecodeTime { get; set; }

    public TimeSpan TotalTime { get; set; }

    public FrameRange Frames => new(First, End);

    public FrameRange BorderBefore => new(BorderBeforeFirst, BorderBeforeEnd);

    public FrameRange BorderAfter => new(BorderAfterFirst, BorderAfterEnd);
}
