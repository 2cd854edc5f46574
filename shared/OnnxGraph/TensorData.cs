using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RenderFarm.OnnxGraph;

/// <summary>
/// The little-endian bytes of a tensor, written when the model is saved. The length is known beforehand, so that gigabytes
/// can go from a mapped checkpoint to the file through a small buffer.
/// </summary>
public sealed class TensorData
{
    private readonly Action<Stream> write;

    private TensorData(long byteLength, Action<Stream> write)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        ByteLength = byteLength;
        this.write = write;
    }

    public long ByteLength { get; }

    /// <summary>Bytes produced on demand.</summary>
    /// <param name="write">Writes exactly <paramref name="byteLength"/> bytes, the same at every call.</param>
    public static TensorData Streamed(long byteLength, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return new TensorData(byteLength, write);
    }

    /// <summary>Values that stay in memory; the array is not copied.</summary>
    public static TensorData Of<T>(ReadOnlyMemory<T> values) where T : unmanaged =>
        new((long)values.Length * Unsafe.SizeOf<T>(), stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="InvalidDataException">The source wrote another number of bytes than it promised.</exception>
    public void WriteTo(Stream destination)
    {
        using ExactLengthStream exact = new(destination, ByteLength);
        write(exact);
        exact.ThrowIfShort();
    }
}
