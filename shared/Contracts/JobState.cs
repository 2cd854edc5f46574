namespace RenderFarm.Contracts;

/// <summary>Where a job is in its life.</summary>
public enum JobState
{
    /// <summary>Accepted, not yet begun.</summary>
    Created = 0,

    /// <summary>The inputs are being checked and decoded, then the timeline is cut.</summary>
    Preparing = 1,

    Rendering = 2,

    /// <summary>Every chunk is there; the video is being joined.</summary>
    Muxing = 3,

    Completed = 4,

    /// <summary>Some segments or borders failed for good; everything else is done, and a retry repeats just those.</summary>
    NeedsAttention = 5,

    /// <summary>The job as a whole cannot be done.</summary>
    Failed = 6,

    Cancelled = 7,
}
