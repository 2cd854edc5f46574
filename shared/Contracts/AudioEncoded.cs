namespace RenderFarm.Contracts;

/// <summary>Event. The AAC track is in the store.</summary>
public sealed record AudioEncoded
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    public required string OutputKey { get; init; }
}
