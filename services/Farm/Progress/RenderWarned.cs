namespace RenderFarm.Farm.Progress;

/// <summary>Something about the inputs or the result that a person should know.</summary>
internal sealed record RenderWarned : RenderEvent
{
    public required string Sentence { get; init; }
}
