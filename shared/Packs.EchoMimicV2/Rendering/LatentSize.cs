namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>Shape of one frame's latent: C × h × w, an eighth of the picture a side.</summary>
public readonly record struct LatentSize(int Channels, int Height, int Width)
{
    /// <summary>Pixels of the picture per pixel of the latent, either way.</summary>
    public const int PixelsPerLatent = 8;

    /// <summary>Floats of one frame.</summary>
    public int Length => Channels * Height * Width;

    public int PictureHeight => Height * PixelsPerLatent;

    public int PictureWidth => Width * PixelsPerLatent;
}
