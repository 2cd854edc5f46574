using System.Buffers.Binary;

namespace RenderFarm.Media;

/// <summary>Finds the orientation tag in Exif data.</summary>
/// <remarks>Exif 2.32 §4.6 and TIFF 6.0 §2: byte order, 42, offset of the first directory; entries of 12 bytes; tag 0x0112, type SHORT.</remarks>
public static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int Short = 3;
    private const int EntryBytes = 12;

    /// <param name="tiff">Exif data from the byte order mark on; may be cut short or nonsense.</param>
    /// <returns>1 to 8; 1 when there is no valid orientation.</returns>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
            tiff = tiff[6..];
        if (tiff.Length < 8)
            return 1;
        bool little = tiff[0] == 'I';
        if (!little && tiff[0] != 'M')
            return 1;
        uint directory = UInt32(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return 1;
        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        int count = UInt16(tiff[(int)directory..], little);
        for (int i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (UInt16(entries, little) != Tag || UInt16(entries[2..], little) != Short)
                continue;
            int value = UInt16(entries[8..], little);
            return value is >= 1 and <= 8 ? value : 1;
        }

        return 1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
