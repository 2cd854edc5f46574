namespace RenderFarm.Contracts;

/// <summary>Command. One worker decodes the inputs, checks them and lets the pack prepare what all segments share.</summary>
public sealed record PrepareJob
{
    public required Guid JobId { get; init; }

    /// <summary>Fences late answers: only those that carry the current attempt count.</summary>
    public required int Attempt { get; init; }

    public required string AudioKey { get; init; }

    public required string PortraitKey { get; init; }

    public required RenderSettings Settings { get; init; }

    /// <summary>Everything the preparation stores goes below this key prefix, which ends in '/'.</summary>
    public required string OutputPrefix { get; init; }
}
