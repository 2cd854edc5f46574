using System.Buffers.Binary;

namespace RenderFarm.Media.Tests;

/// <summary>Files built or altered byte by byte, for what ffmpeg would not write.</summary>
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

    /// <summary>Exif data with one tag: the orientation.</summary>
    public static byte[] Exif(int orientation, bool littleEndian) => littleEndian
        ? [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]
        : [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    /// <summary>The picture with an Exif orientation written into it, the way its kind carries Exif.</summary>
    public static byte[] WithOrientation(byte[] file, int orientation, bool littleEndian = true)
    {
        byte[] exif = Exif(orientation, littleEndian);
        return file switch
        {
            [0xFF, 0xD8, ..] => [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 8), .. "Exif\0\0"u8, .. exif, .. file[2..]],
            [0x89, ..] => [.. file[..33], 0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif, .. PngCrc([.. "eXIf"u8, .. exif]), .. file[33..]],
            [(byte)'R', ..] => Webp(0x08, Width(file), Height(file), [.. file[12..], .. Chunk("EXIF"u8, exif)]),
            _ => throw new ArgumentException("No Exif for this kind.", nameof(file)),
        };
    }

    /// <summary>A WebP animation whose first frame covers only a part of its canvas.</summary>
    public static byte[] AnimatedWebp(byte[] losslessStill, int canvasWidth, int canvasHeight, int x, int y)
    {
        byte[] frame =
        [
            .. UInt24(x / 2), .. UInt24(y / 2), .. UInt24(Width(losslessStill) - 1), .. UInt24(Height(losslessStill) - 1), .. UInt24(40), 0,
            .. losslessStill[12..],
        ];
        return Webp(0x02, canvasWidth, canvasHeight, [.. Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0]), .. Chunk("ANMF"u8, frame), .. Chunk("ANMF"u8, frame)]);
    }

    /// <summary>A WebP that claims one size and holds pixels of another.</summary>
    public static byte[] LyingWebp(byte[] still, int claimedWidth, int claimedHeight) => Webp(0, claimedWidth, claimedHeight, still[12..]);

    /// <summary>A JPEG in which a second frame header of another size follows the first.</summary>
    public static byte[] LyingJpeg(byte[] jpeg, int width, int height)
    {
        int first = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(first + 2));
        byte[] second = jpeg[first..(first + length)];
        BinaryPrimitives.WriteUInt16BigEndian(second.AsSpan(5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(second.AsSpan(7), (ushort)width);
        return [.. jpeg[..(first + length)], .. second, .. jpeg[(first + length)..]];
    }

    /// <summary>An uncompressed RGB TIFF with an orientation tag; the directory stands behind the pixels.</summary>
    public static byte[] Tiff(int width, int height, byte[] rgb, int orientation)
    {
        byte[] head = new byte[8];
        "II"u8.CopyTo(head);
        head[2] = 42;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), 8 + rgb.Length);
        int bits = 8 + rgb.Length + 2 + (10 * 12) + 4;
        return
        [
            .. head, .. rgb, 10, 0,
            .. Entry(256, 3, 1, width), .. Entry(257, 3, 1, height), .. Entry(258, 3, 3, bits), .. Entry(259, 3, 1, 1), .. Entry(262, 3, 1, 2),
            .. Entry(273, 4, 1, 8), .. Entry(274, 3, 1, orientation), .. Entry(277, 3, 1, 3), .. Entry(278, 3, 1, height), .. Entry(279, 4, 1, rgb.Length),
            0, 0, 0, 0, 8, 0, 8, 0, 8, 0,
        ];
    }

    private static byte[] Entry(int tag, int type, int count, int value)
    {
        byte[] entry = new byte[12];
        BinaryPrimitives.WriteInt16LittleEndian(entry, (short)tag);
        BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(2), (short)type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), value);
        return entry;
    }

    private static byte[] Webp(byte flags, int width, int height, byte[] chunks)
    {
        byte[] body = [.. "WEBP"u8, .. Chunk("VP8X"u8, [flags, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)]), .. chunks];
        return [.. Chunk("RIFF"u8, body)];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] body)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. name, .. length, .. body, .. body.Length % 2 == 1 ? (byte[])[0] : []];
    }

    // A lossless still begins with a VP8L chunk: signature 0x2F, then 14 bits of width − 1 and 14 of height − 1.
    private static int Width(byte[] lossless) => 1 + (int)(BinaryPrimitives.ReadUInt32LittleEndian(lossless.AsSpan(21)) & 0x3FFF);

    private static int Height(byte[] lossless) => 1 + (int)((BinaryPrimitives.ReadUInt32LittleEndian(lossless.AsSpan(21)) >> 14) & 0x3FFF);

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] PngCrc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        byte[] result = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(result, ~crc);
        return result;
    }
}
