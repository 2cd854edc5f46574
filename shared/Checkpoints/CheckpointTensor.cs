using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RenderFarm.Checkpoints;

/// <summary>One named tensor of an open checkpoint: contiguous, row-major, little-endian, read where it lies in the file.</summary>
public sealed class CheckpointTensor
{
    private readonly MappedFile _file;
    private readonly long _offset;

    internal CheckpointTensor(MappedFile file, string name, CheckpointDType dtype, IReadOnlyList<long> shape, long offset)
    {
        _file = file;
        _offset = offset;
        Name = name;
        DType = dtype;
        Shape = shape;
        ElementCount = shape.Aggregate(1L, (product, side) => checked(product * side));
    }

    public string Name { get; }

    public CheckpointDType DType { get; }

    public IReadOnlyList<long> Shape { get; }

    public long ElementCount { get; }

    public long ByteCount => ElementCount * DType.Size();

    /// <summary>The raw bytes from a byte offset within the tensor.</summary>
    public ReadOnlySpan<byte> Bytes(long firstByte, int count)
    {
        if (firstByte < 0 || count < 0 || firstByte > ByteCount - count)
            throw new ArgumentOutOfRangeException(nameof(firstByte), $"{Name} has {ByteCount} bytes; asked for {count} from {firstByte}.");
        return _file.Slice(_offset + firstByte, count);
    }

    /// <summary>Reads elements as single precision; exact for fp16, bf16 and fp32.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds integers.</exception>
    public void Read(long firstElement, Span<float> values)
    {
        ReadOnlySpan<byte> raw = Bytes(checked(firstElement * DType.Size()), checked(values.Length * DType.Size()));
        switch (DType)
        {
            case CheckpointDType.F32:
                raw.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case CheckpointDType.F16:
                // Safetensors aligns data to 8 bytes, zip does not align at all: copy through an aligned buffer.
                ReadAligned<Half>(raw, values, static (from, to) => TensorPrimitives.ConvertToSingle(from, to));
                break;
            case CheckpointDType.BF16:
                ReadAligned<ushort>(raw, values, static (from, to) =>
                {
                    for (int i = 0; i < from.Length; i++)
                        to[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
                });
                break;
            case CheckpointDType.F64:
                ReadAligned<double>(raw, values, static (from, to) =>
                {
                    for (int i = 0; i < from.Length; i++)
                        to[i] = (float)from[i];
                });
                break;
            default:
                throw new InvalidOperationException($"{Name} holds {DType}, not floating-point numbers.");
        }
    }

    /// <summary>The whole tensor as single precision.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[ElementCount];
        Read(0, values);
        return values;
    }

    private static void ReadAligned<T>(ReadOnlySpan<byte> raw, Span<float> values, ConvertBlock<T> convert)
        where T : unmanaged
    {
        const int block = 4096;
        Span<T> buffer = stackalloc T[Math.Min(block, Math.Max(1, values.Length))];
        Span<byte> bufferBytes = MemoryMarshal.AsBytes(buffer);
        int size = bufferBytes.Length / buffer.Length;
        for (int done = 0; done < values.Length; done += buffer.Length)
        {
            int count = Math.Min(buffer.Length, values.Length - done);
            raw.Slice(done * size, count * size).CopyTo(bufferBytes);
            convert(buffer[..count], values.Slice(done, count));
        }
    }

    private delegate void ConvertBlock<T>(ReadOnlySpan<T> from, Span<float> to);
}
