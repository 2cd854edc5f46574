using System.Runtime.InteropServices;

namespace RenderFarm.TfLite;

/// <summary>A constant of the network, still in TFLite's order of axes and its stored precision.</summary>
internal sealed record ConstantTensor(IReadOnlyList<int> Shape, TfLiteElementType Type, ReadOnlyMemory<byte> Bytes)
{
    public float[] Floats() => Type switch
    {
        TfLiteElementType.Float32 => MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray(),
        TfLiteElementType.Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Bytes.Span).ToArray(), h => (float)h),
        _ => throw new InvalidOperationException($"{Type} is not a real number."),
    };

    public int[] Ints() => Type == TfLiteElementType.Int32
        ? MemoryMarshal.Cast<byte, int>(Bytes.Span).ToArray()
        : throw new InvalidOperationException($"{Type} is not a 32-bit integer.");
}
