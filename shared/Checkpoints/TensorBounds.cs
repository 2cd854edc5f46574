namespace RenderFarm.Checkpoints;

/// <summary>Sizes computed from numbers a hostile file may have chosen.</summary>
internal static class TensorBounds
{
    private const int MaxRank = 8;

    /// <summary>Bytes of a contiguous tensor; null where a side is negative, the rank absurd or the product overflows.</summary>
    public static long? ByteCount(IReadOnlyList<long> shape, CheckpointDType dtype)
    {
        if (shape.Count > MaxRank || shape.Any(side => side < 0))
            return null;
        Int128 bytes = dtype.Size();
        foreach (long side in shape)
        {
            bytes *= side;
            if (bytes > long.MaxValue)
                return null;
        }
        return (long)bytes;
    }
}
