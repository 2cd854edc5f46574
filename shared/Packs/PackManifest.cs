namespace RenderFarm.Packs;

/// <summary>What a pack says of itself.</summary>
public sealed record PackManifest
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>One line for lists.</summary>
    public required string Summary { get; init; }

    /// <summary>Frames the denoiser sees at once (W).</summary>
    public required int WindowFrames { get; init; }

    /// <summary>Frames two neighbouring windows share.</summary>
    public required int WindowOverlapFrames { get; init; }

    /// <summary>How far the window grid moves per step, in frames.</summary>
    public required int WindowShiftFrames { get; init; }

    public required int DefaultSteps { get; init; }

    public required int MinSizePixels { get; init; }

    public required int MaxSizePixels { get; init; }

    /// <summary>The side must be a multiple of this.</summary>
    public required int SizeMultiplePixels { get; init; }

    /// <summary>Bound on |noise| per element; normals beyond it are clamped to it.</summary>
    public float NoiseClamp { get; init; } = 1.5f;
}
