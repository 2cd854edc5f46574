namespace RenderFarm.Media;

/// <summary>What a finished file says about its making; null where it says nothing.</summary>
public sealed record Provenance
{
    public string? Title { get; init; }

    public string? Comment { get; init; }

    /// <summary>Model pack and version.</summary>
    public string? Generator { get; init; }

    /// <summary>A term of the IPTC NewsCodes, for example <see cref="ProvenanceTerms.TrainedAlgorithmicMedia"/>.</summary>
    public string? DigitalSourceType { get; init; }
}
