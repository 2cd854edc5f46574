namespace RenderFarm.Media;

/// <summary>What a picture file claims before any pixel is decoded.</summary>
public sealed record ImageHeader
{
    public required ImageFormat Format { get; init; }

    /// <summary>As stored, before turning; 0 where our reader leaves this format to ffmpeg.</summary>
    public int WidthPixels { get; init; }

    public int HeightPixels { get; init; }

    /// <summary>Exif orientation, 1 to 8; 1 is upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>WebP: where the first frame of an animation lies; null for a still.</summary>
    public WebpFrame? FirstFrame { get; init; }
}
