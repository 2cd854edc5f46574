namespace RenderFarm.OnnxRuntime.Native;

internal static class TensorShape
{
    /// <summary>Product of the sizes; 1 for a scalar.</summary>
    /// <exception cref="ArgumentException">A negative size, or more elements than one managed array can hold.</exception>
    public static int ElementCount(ReadOnlySpan<long> shape)
    {
        UInt128 count = 1;
        foreach (long size in shape)
        {
            if (size < 0)
                throw new ArgumentException($"The shape {Text(shape)} has a negative size.");
            count *= (ulong)size;
            if (count > (ulong)Array.MaxLength)
                throw new ArgumentException($"The shape {Text(shape)} needs more than {Array.MaxLength} elements.");
        }

        return (int)count;
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
