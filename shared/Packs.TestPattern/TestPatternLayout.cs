namespace RenderFarm.Packs.TestPattern;

/// <summary>
/// The stamp as 8 × 8 black and white cells, most significant bit first: three rows of frame number, one row of checksum, two rows
/// of latent hash, one row that is white where there is a click, and one row of alternating cells that proves the picture is one of ours.
/// </summary>
/// <remarks>A cell is at least 8 pixels a side and lies on the grid of H.264's transforms, so it survives any sensible quality.</remarks>
internal static class TestPatternLayout
{
    public const int CellsPerSide = 8;
    public const long FrameNumberLimit = 1 << 24;
    private const ulong Alternating = 0b1010_1010;

    /// <summary>64 cells in reading order, first cell in the highest bit.</summary>
    public static ulong Cells(TestPatternStamp stamp)
    {
        ulong payload = ((ulong)stamp.FrameNumber << 16) | (uint)stamp.LatentHash;
        return ((ulong)stamp.FrameNumber << 40)
            | ((ulong)Checksum(payload) << 32)
            | ((ulong)stamp.LatentHash << 16)
            | (stamp.Marker ? 0xFF00ul : 0)
            | Alternating;
    }

    /// <returns>Null when the cells are no stamp.</returns>
    public static TestPatternStamp? Stamp(ulong cells)
    {
        TestPatternStamp stamp = new((long)(cells >> 40), (cells & 0xFF00) == 0xFF00, (int)((cells >> 16) & 0xFFFF));
        return Cells(stamp) == cells ? stamp : null;
    }

    // CRC-8 with polynomial x⁸ + x² + x + 1 over the 40 bits of number and hash: any single wrong cell shows.
    private static byte Checksum(ulong payload)
    {
        int crc = 0;
        for (int bit = 39; bit >= 0; bit--)
        {
            int carry = ((crc >> 7) ^ (int)(payload >> bit)) & 1;
            crc = ((crc << 1) ^ (carry == 1 ? 0x07 : 0)) & 0xFF;
        }

        return (byte)crc;
    }
}
