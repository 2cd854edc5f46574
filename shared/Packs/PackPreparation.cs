namespace RenderFarm.Packs;

/// <summary>What a pack has to say after preparing a job.</summary>
public sealed record PackPreparation
{
    /// <summary>Sentences for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
