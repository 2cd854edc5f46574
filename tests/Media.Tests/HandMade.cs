using System.Buffers.Binary;

namespace RenderFarm.Media.Tests;

/// <summary>Tiny files built byte by byte, for what ffmpeg would not write.</summary>
internal static class HandMade
{
    /// <summary>The start of a PNG that claims a size; it has no pixels.</summary>
    public static byte[] Png(int width, int height)
    {
        byte[] png = new byte[8 + 25];
        ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).CopyTo(png);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        png[24] = 8;
        png[25] = 2;
        return png;
    }
}
