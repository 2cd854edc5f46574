namespace RenderFarm.Media;

/// <summary>Tells the kind of a picture from its first bytes.</summary>
public static class ImageSignature
{
    /// <summary>Enough bytes for <see cref="Recognise"/>.</summary>
    public const int Length = 32;

    /// <returns>Null for anything that is not a known kind of pixel picture: text, SVG, scripts, playlists, documents.</returns>
    public static ImageFormat? Recognise(ReadOnlySpan<byte> first) => first switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..] => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => ImageFormat.Tiff,
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => ImageFormat.Jpeg2000,
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => ImageFormat.JpegXl,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s', ..] => ImageFormat.Avif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', (byte)'e' or (byte)'i', (byte)'i' or (byte)'v' or (byte)'f', _, ..]
            => ImageFormat.Heic,
        [(byte)'q', (byte)'o', (byte)'i', (byte)'f', ..] => ImageFormat.Qoi,
        [(byte)'P', >= (byte)'1' and <= (byte)'6', (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t', ..] => ImageFormat.Pnm,
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', 0, 1, ..] => ImageFormat.Psd,
        _ => null,
    };
}
