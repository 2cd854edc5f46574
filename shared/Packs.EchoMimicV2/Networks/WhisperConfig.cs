namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Sizes of a Whisper encoder.</summary>
public sealed record WhisperConfig
{
    public required int MelBands { get; init; }

    /// <summary>Positions of 20 ms in one piece of 30 s.</summary>
    public required int Positions { get; init; }

    public required int Width { get; init; }

    public required int Heads { get; init; }

    public required int Layers { get; init; }
}
