namespace RenderFarm.Farm.Progress;

/// <summary>There is no video, and trying again as it is will not help.</summary>
internal sealed record RenderFailed : RenderEvent
{
    /// <summary>What is wrong and what to do.</summary>
    public required string Sentence { get; init; }
}
