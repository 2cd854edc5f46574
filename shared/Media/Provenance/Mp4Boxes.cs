using System.Buffers.Binary;

namespace RenderFarm.Media;

/// <summary>Top-level boxes of the MP4 and MOV family.</summary>
/// <remarks>ISO/IEC 14496-12 §4.2: 32-bit size, type; size 1 means a 64-bit size follows, size 0 means to the end of the file.</remarks>
internal static class Mp4Boxes
{
    /// <summary>The XMP box: XMP specification part 3, §2.2.6 (MPEG-4).</summary>
    private static readonly byte[] XmpId = [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    private const int HeaderBytes = 8;
    private const int MaxPacketBytes = 1 << 20;

    /// <summary>Adds the packet as the last box of the file; offsets of other boxes do not move.</summary>
    public static void AppendXmp(Stream file, ReadOnlySpan<byte> packet)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, HeaderBytes + XmpId.Length + packet.Length);
        file.Seek(0, SeekOrigin.End);
        file.Write(size);
        file.Write("uuid"u8);
        file.Write(XmpId);
        file.Write(packet);
    }

    /// <returns>The packet; null when the file has none or is not of this family.</returns>
    public static byte[]? FindXmp(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes + 16];
        long at = 0;
        while (at <= file.Length - HeaderBytes)
        {
            file.Position = at;
            int count = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size == 1 && count >= 16)
                size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(header[8..]), long.MaxValue);
            else if (size == 0)
                size = file.Length - at;
            if (size < HeaderBytes || size > file.Length - at)
                return null;
            if (header[4..8].SequenceEqual("uuid"u8) && header[8..].SequenceEqual(XmpId) && size - header.Length <= MaxPacketBytes)
            {
                byte[] packet = new byte[size - header.Length];
                file.Position = at + header.Length;
                file.ReadExactly(packet);
                return packet;
            }

            at += size;
        }

        return null;
    }
}
