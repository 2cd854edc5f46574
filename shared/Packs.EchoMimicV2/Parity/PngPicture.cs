using System.Buffers.Binary;
using System.IO.Compression;
using RenderFarm.Failures;
using RenderFarm.Imaging;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Reads the PNGs of golden folders: 8 bits, RGB, not interlaced. ISO/IEC 15948.</summary>
public static class PngPicture
{
    private const int SignatureBytes = 8;
    private const int MaxPixels = 1 << 26;

    /// <exception cref="PermanentException">Missing, damaged, or of another kind.</exception>
    public static RgbImage Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            throw new PermanentException($"The picture '{path}' cannot be read as a PNG of 8-bit RGB: {e.Message}", e);
        }
    }

    private static RgbImage Parse(byte[] file)
    {
        if (file.Length < SignatureBytes || !file.AsSpan(0, SignatureBytes).SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            throw new InvalidDataException("it does not begin as a PNG.");
        using MemoryStream packed = new();
        int width = 0, height = 0;
        for (int at = SignatureBytes; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> kind = file.AsSpan(at + 4, 4);
            ReadOnlySpan<byte> data = file.AsSpan(at + 8, length);
            if (kind.SequenceEqual("IHDR"u8))
                (width, height) = Size(data);
            else if (kind.SequenceEqual("IDAT"u8))
                packed.Write(data);
            else if (kind.SequenceEqual("IEND"u8))
                break;
            at += length + 12;
        }

        if (width == 0)
            throw new InvalidDataException("it has no header.");
        packed.Position = 0;
        return new RgbImage(width, height, Unfilter(packed, width, height));
    }

    private static (int Width, int Height) Size(ReadOnlySpan<byte> header)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        bool isPlainRgb = header[8] == 8 && header[9] == 2 && header[12] == 0;
        return !isPlainRgb ? throw new InvalidDataException("it has another depth, colour type or interlacing.")
            : width <= 0 || height <= 0 || (long)width * height > MaxPixels ? throw new InvalidDataException($"it says {width}x{height} pixels.")
            : (width, height);
    }

    /// <summary>Section 9.2: every row begins with the number of its filter.</summary>
    private static byte[] Unfilter(MemoryStream packed, int width, int height)
    {
        const int step = 3;
        int stride = width * step;
        byte[] pixels = new byte[stride * height];
        byte[] none = new byte[stride];
        using ZLibStream rows = new(packed, CompressionMode.Decompress);
        for (int y = 0; y < height; y++)
        {
            int filter = rows.ReadByte();
            Span<byte> row = pixels.AsSpan(y * stride, stride);
            rows.ReadExactly(row);
            ReadOnlySpan<byte> above = y == 0 ? none : pixels.AsSpan((y - 1) * stride, stride);
            for (int i = 0; i < stride; i++)
            {
                int left = i < step ? 0 : row[i - step];
                int corner = i < step ? 0 : above[i - step];
                row[i] += (byte)(filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    4 => Paeth(left, above[i], corner),
                    _ => throw new InvalidDataException($"row {y} has the filter {filter}."),
                });
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
