namespace RenderFarm.Contracts;

/// <summary>Event to every worker and stitcher: stop what is being done for this job and report nothing more.</summary>
public sealed record JobCancelled
{
    public required Guid JobId { get; init; }
}
