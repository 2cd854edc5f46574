namespace RenderFarm.Farm.Progress;

/// <summary>What one worker is doing.</summary>
internal sealed record WorkerProgress
{
    public required string Worker { get; init; }

    public required int Segment { get; init; }

    /// <summary><c>fetching</c>, <c>denoising</c>, <c>decoding</c> or <c>uploading</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Share of the segment that is done, 0 to 1.</summary>
    public required double Fraction { get; init; }
}
