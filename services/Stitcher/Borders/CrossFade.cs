namespace RenderFarm.Stitcher.Borders;

/// <summary>Fades from the end of one segment to the start of the next over their border.</summary>
public static class CrossFade
{
    /// <summary>out = left + (right − left) · (i + 1) / (n + 1) for frame i of n, to the nearest; equal bytes stay as they are.</summary>
    /// <param name="index">Frame within the border, 0 to n − 1: neither end shows only one side, so both cuts are equally soft.</param>
    /// <param name="left">The frame as the segment before rendered it; receives the blend.</param>
    /// <param name="right">The same frame as the segment after rendered it.</param>
    /// <returns>How far apart the two were.</returns>
    public static FrameDifference Blend(int index, int frameCount, Span<byte> left, ReadOnlySpan<byte> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, frameCount);
        if (right.SequenceEqual(left))
            return default;
        int whole = frameCount + 1;
        int weight = index + 1;
        int max = 0;
        long sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int from = left[i];
            int to = right[i];
            int apart = Math.Abs(to - from);
            max = Math.Max(max, apart);
            sum += apart;
            // Both terms are positive, so integer division rounds to the nearest.
            left[i] = (byte)(((from * (whole - weight)) + (to * weight) + (whole / 2)) / whole);
        }

        return new FrameDifference(max, sum);
    }
}
