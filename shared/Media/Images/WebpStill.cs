using System.Buffers.Binary;

namespace RenderFarm.Media;

/// <summary>Wraps the first frame of an animated WebP as a still, because ffmpeg's decoder knows only stills.</summary>
/// <remarks>RFC 9649 §2.7: RIFF header, VP8X with the alpha flag, then the frame's own ALPH and VP8 or VP8L chunks.</remarks>
internal static class WebpStill
{
    private const byte AlphaFlag = 0x10;

    /// <summary>What goes before the frame's chunks.</summary>
    public static byte[] Prefix(WebpFrame frame)
    {
        byte[] prefix = new byte[12 + 8 + 10];
        "RIFF"u8.CopyTo(prefix);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(4), (uint)(4 + 18 + frame.ChunksLength));
        "WEBPVP8X"u8.CopyTo(prefix.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(16), 10);
        prefix[20] = AlphaFlag;
        WriteUInt24(prefix.AsSpan(24), frame.WidthPixels - 1);
        WriteUInt24(prefix.AsSpan(27), frame.HeightPixels - 1);
        return prefix;
    }

    private static void WriteUInt24(Span<byte> at, int value)
    {
        at[0] = (byte)value;
        at[1] = (byte)(value >> 8);
        at[2] = (byte)(value >> 16);
    }
}
