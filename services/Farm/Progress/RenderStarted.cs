namespace RenderFarm.Farm.Progress;

/// <summary>The inputs are there and the output can be written.</summary>
internal sealed record RenderStarted : RenderEvent
{
    /// <summary>Names the state of this render; equal inputs and settings have equal keys.</summary>
    public required string Key { get; init; }

    public required string Portrait { get; init; }

    public required string Audio { get; init; }

    public required string Out { get; init; }

    public required string Pack { get; init; }

    public required int SizePixels { get; init; }

    /// <summary>For example <c>24</c> or <c>30000/1001</c>.</summary>
    public required string FrameRate { get; init; }

    public required int Steps { get; init; }

    public required ulong Seed { get; init; }

    public required int Workers { get; init; }
}
