using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>How long segments are and how far a cut may move to a pause.</summary>
public sealed record SegmentPlanOptions
{
    /// <summary>Length aimed at, in frames. Every segment of a plan of several is between half and twice this, unless borders need more.</summary>
    public required long NominalFrames { get; init; }

    /// <summary>A cut moves at most this many frames from its even place, less where lengths would leave their bounds.</summary>
    public required long SearchFrames { get; init; }

    /// <summary>Frames blended around each cut; 0 for none.</summary>
    public int BorderFrames { get; init; } = 8;

    /// <summary>The usual plan: a length in seconds, cuts moved up to two seconds.</summary>
    public static SegmentPlanOptions For(FrameRate rate, TimeSpan nominal) => new()
    {
        NominalFrames = Math.Max(1, rate.FrameAt(nominal)),
        SearchFrames = rate.FrameAt(TimeSpan.FromSeconds(2)),
    };
}
