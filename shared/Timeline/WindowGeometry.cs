namespace RenderFarm.Timeline;

/// <summary>The windows a denoising network sees, in frames.</summary>
/// <param name="Size">Frames the network sees at once (W).</param>
/// <param name="Overlap">Frames two neighbouring windows share, less than the size.</param>
/// <param name="ShiftPerStep">How far the grid moves from one denoising step to the next.</param>
public readonly record struct WindowGeometry(int Size, int Overlap, int ShiftPerStep)
{
    /// <summary>What EchoMimic v2 uses.</summary>
    public static WindowGeometry Official { get; } = new(Size: 12, Overlap: 3, ShiftPerStep: 3);

    /// <summary>Distance from one window to the next.</summary>
    public int Stride => Size - Overlap;
}
