using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>A lecture to render. The inputs lie in the store below <see cref="JobKeys.Prefix"/> of the job.</summary>
public sealed record JobRequest
{
    public required Guid JobId { get; init; }

    public required string AudioKey { get; init; }

    public required string PortraitKey { get; init; }

    public required RenderSettings Settings { get; init; }

    public required VideoLabels Labels { get; init; }

    /// <summary>−4 to 4; every step doubles the job's share of the farm.</summary>
    public int Priority { get; init; }

    /// <summary>Nominal length of a segment; null lets the coordinator choose.</summary>
    public TimeSpan? SegmentLength { get; init; }
}
