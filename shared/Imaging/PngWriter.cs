using System.Buffers.Binary;
using System.IO.Compression;

namespace RenderFarm.Imaging;

/// <summary>Writes pictures as PNG: 8-bit RGB, not interlaced, tagged as sRGB.</summary>
/// <remarks>W3C PNG third edition §5 (chunks), §9 (filters), §11.3.2.5 (sRGB).</remarks>
public static class PngWriter
{
    private const byte UpFilter = 2;

    public static void Write(RgbImage image, string path)
    {
        using FileStream file = File.Create(path);
        Write(image, file);
    }

    public static void Write(RgbImage image, Stream png)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(png);
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8; // bits
        header[9] = 2; // RGB
        header[10..].Clear();
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "sRGB"u8, [0]);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            WriteRows(image, zlib);
        WriteChunk(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        WriteChunk(png, "IEND"u8, []);
    }

    // Every row as the difference to the one above: smooth pictures pack well, and one filter for all rows is quick.
    private static void WriteRows(RgbImage image, ZLibStream zlib)
    {
        int stride = image.Width * 3;
        byte[] filtered = new byte[stride + 1];
        filtered[0] = UpFilter;
        ReadOnlySpan<byte> above = new byte[stride];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.PixelsHWC.AsSpan(y * stride, stride);
            for (int i = 0; i < stride; i++)
                filtered[i + 1] = (byte)(row[i] - above[i]);
            zlib.Write(filtered);
            above = row;
        }
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        png.Write(number);
        png.Write(name);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(name, body));
        png.Write(number);
    }
}
