using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace RenderFarm.Farm.Tests.Processes;

/// <summary>Files a user might hand us by mistake or with intent.</summary>
internal static class BadFiles
{
    /// <summary>A WAV file with a header and no sample.</summary>
    public static string WavWithoutSamples(string path)
    {
        using BinaryWriter file = new(File.Create(path));
        file.Write("RIFF"u8);
        file.Write(36);
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write((short)1);
        file.Write((short)1);
        file.Write(16000);
        file.Write(32000);
        file.Write((short)2);
        file.Write((short)16);
        file.Write("data"u8);
        file.Write(0);
        return path;
    }

    /// <summary>A valid black-and-white PNG of a hundred kilobytes that unpacks to a square of so many pixels a side.</summary>
    public static string BombPng(string path, int side)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1; // one bit, grey
        using MemoryStream rows = new();
        using (ZLibStream packed = new(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + ((side + 7) / 8)];
            for (int y = 0; y < side; y++)
                packed.Write(row);
        }

        using FileStream file = File.Create(path);
        file.Write([0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n']);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", rows.ToArray());
        WriteChunk(file, "IEND", []);
        return path;
    }

    /// <summary>A file that ffmpeg makes.</summary>
    public static string Made(string path, params string[] arguments)
    {
        using Process ffmpeg = Process.Start("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments, path]);
        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
        return path;
    }

    private static void WriteChunk(FileStream file, string kind, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(kind), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
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
