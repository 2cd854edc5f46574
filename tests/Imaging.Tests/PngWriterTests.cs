using System.Buffers.Binary;
using System.IO.Compression;

namespace RenderFarm.Imaging.Tests;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 23)]
    public void The_pixels_come_back_from_the_file(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(width).NextBytes(pixels);
        using MemoryStream png = new();

        PngWriter.Write(new RgbImage(width, height, pixels), png);

        Assert.Equal(pixels, Decode(png.ToArray(), width, height));
    }

    /// <summary>Reads what the writer writes, chunk by chunk, with checksums computed bit by bit.</summary>
    private static byte[] Decode(byte[] png, int width, int height)
    {
        Assert.Equal("89504E470D0A1A0A", System.Convert.ToHexString(png[..8]));
        List<string> names = [];
        byte[] data = [];
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            string name = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            names.Add(name);
            Assert.Equal(SlowCrc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            if (name == "IHDR")
                Assert.Equal((width, height, 8, 2), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[24], png[25]));
            if (name == "IDAT")
                data = png[(at + 8)..(at + 8 + length)];
            at += 12 + length;
        }

        Assert.Equal(["IHDR", "sRGB", "IDAT", "IEND"], names);
        return Unfilter(data, width, height);
    }

    private static byte[] Unfilter(byte[] data, int width, int height)
    {
        using ZLibStream zlib = new(new MemoryStream(data), CompressionMode.Decompress);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(2, zlib.ReadByte());
            zlib.ReadExactly(pixels, y * width * 3, width * 3);
            for (int i = 0; y > 0 && i < width * 3; i++)
                pixels[(y * width * 3) + i] += pixels[((y - 1) * width * 3) + i];
        }

        Assert.Equal(-1, zlib.ReadByte());
        return pixels;
    }

    private static uint SlowCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
