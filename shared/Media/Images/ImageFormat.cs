namespace RenderFarm.Media;

/// <summary>Kinds of picture file, told by their first bytes and never by their name.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    Webp,
    Gif,
    Bmp,
    Tiff,
    Jpeg2000,
    JpegXl,
    Avif,
    Heic,
    Qoi,
    Pnm,
    Psd,
}
