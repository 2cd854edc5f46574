namespace RenderFarm.Contracts;

/// <summary>Event. The finished video is in the store.</summary>
public sealed record VideoMuxed
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    public required string OutputKey { get; init; }

    public required long SizeBytes { get; init; }
}
