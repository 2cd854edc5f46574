namespace RenderFarm.Data.Workers;

/// <summary>A worker the farm has heard of.</summary>
public sealed class WorkerRow
{
    public required string Id { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }
}
