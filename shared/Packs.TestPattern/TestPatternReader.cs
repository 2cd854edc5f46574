namespace RenderFarm.Packs.TestPattern;

/// <summary>Reads the stamp out of a picture, also after lossy coding.</summary>
public static class TestPatternReader
{
    private const int HalfLight = 128;

    /// <param name="rgbHWC">size × size × 3 bytes, top row first.</param>
    /// <returns>Null when the picture is no intact test pattern.</returns>
    public static TestPatternStamp? Read(ReadOnlySpan<byte> rgbHWC, int sizePixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgbHWC.Length, sizePixels * sizePixels * 3);
        ulong cells = 0;
        for (int cell = 0; cell < TestPatternLayout.CellsPerSide * TestPatternLayout.CellsPerSide; cell++)
            cells = (cells << 1) | (IsWhite(rgbHWC, sizePixels, cell) ? 1ul : 0);
        return TestPatternLayout.Stamp(cells);
    }

    // The inner half of the cell decides: its edges ring.
    private static bool IsWhite(ReadOnlySpan<byte> rgb, int size, int cell)
    {
        int side = size / TestPatternLayout.CellsPerSide;
        int top = (cell / TestPatternLayout.CellsPerSide * side) + (side / 4);
        int left = (cell % TestPatternLayout.CellsPerSide * side) + (side / 4);
        int inner = side / 2;
        long sum = 0;
        for (int y = top; y < top + inner; y++)
            foreach (byte value in rgb.Slice(((y * size) + left) * 3, inner * 3))
                sum += value;
        return sum >= (long)HalfLight * inner * inner * 3;
    }
}
