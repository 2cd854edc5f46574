namespace RenderFarm.Pickle;

/// <summary>Bounds on what a hostile pickle may make the reader do.</summary>
public sealed record PickleLimits
{
    /// <summary>Opcodes executed; a state dictionary needs about 30 per tensor.</summary>
    public int MaxOpcodes { get; init; } = 10_000_000;

    /// <summary>Values on the stack, and values remembered by the memo.</summary>
    public int MaxValues { get; init; } = 2_000_000;
}
