namespace RenderFarm.Coordinator.Dispatch;

/// <summary>What a job wants of the farm now.</summary>
public sealed record JobDemand
{
    public required Guid JobId { get; init; }

    /// <summary>Every step doubles the share.</summary>
    public required int Priority { get; init; }

    public required int InFlight { get; init; }

    public required int Waiting { get; init; }

    /// <summary>Segments of its opening that are neither rendered nor in flight.</summary>
    public required int OpeningLeft { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
