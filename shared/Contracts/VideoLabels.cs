namespace RenderFarm.Contracts;

/// <summary>What the finished file says about itself.</summary>
public sealed record VideoLabels
{
    public required string Title { get; init; }

    /// <summary>Model pack and version that made the pictures.</summary>
    public required string Generator { get; init; }
}
