namespace RenderFarm.MediaPipe;

/// <summary>An upright box in pixels of the picture; it may reach beyond the picture.</summary>
public readonly record struct PixelBox(float Left, float Top, float Right, float Bottom)
{
    public float Width => Right - Left;

    public float Height => Bottom - Top;

    public float Area => Width * Height;

    /// <summary>The smallest box around points, of which there is at least one.</summary>
    public static PixelBox Around(IReadOnlyList<Landmark> points) =>
        new(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
}
