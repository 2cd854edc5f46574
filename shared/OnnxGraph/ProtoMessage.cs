using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RenderFarm.OnnxGraph;

/// <summary>
/// A protobuf message under construction. Small fields collect in memory; tensor data stays a promise with a known length
/// until the message is written, so that nesting can prefix lengths without holding the data.
/// </summary>
/// <remarks>Wire format: https://protobuf.dev/programming-guides/encoding/.</remarks>
internal sealed class ProtoMessage
{
    private const int WireVarint = 0;
    private const int WireBytes = 2;
    private const int WireFixed32 = 5;

    private readonly List<Action<Stream>> parts = [];
    private ArrayBufferWriter<byte> tail = new();
    private long closedBytes;

    public long ByteLength => closedBytes + tail.WrittenCount;

    public void Int(int field, long value)
    {
        Tag(field, WireVarint);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Tag(field, WireFixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        tail.Write(bytes);
    }

    public void Text(int field, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Tag(field, WireBytes);
        Varint((ulong)bytes.Length);
        tail.Write(bytes);
    }

    /// <summary>The proto3 habit for texts: nothing at all when empty.</summary>
    public void TextIfAny(int field, string value)
    {
        if (value.Length > 0)
            Text(field, value);
    }

    public void Message(int field, ProtoMessage message)
    {
        Tag(field, WireBytes);
        Varint((ulong)message.ByteLength);
        if (message.parts.Count == 0)
            tail.Write(message.tail.WrittenSpan);
        else
            Later(message.ByteLength, message.WriteTo);
    }

    public void Data(int field, TensorData data)
    {
        Tag(field, WireBytes);
        Varint((ulong)data.ByteLength);
        Later(data.ByteLength, data.WriteTo);
    }

    public void WriteTo(Stream stream)
    {
        foreach (Action<Stream> part in parts)
            part(stream);
        stream.Write(tail.WrittenSpan);
    }

    private void Later(long byteLength, Action<Stream> part)
    {
        ReadOnlyMemory<byte> closed = tail.WrittenMemory;
        tail = new ArrayBufferWriter<byte>();
        parts.Add(stream => stream.Write(closed.Span));
        parts.Add(part);
        closedBytes += closed.Length + byteLength;
    }

    private void Byte(byte value)
    {
        tail.GetSpan(1)[0] = value;
        tail.Advance(1);
    }

    private void Tag(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }
}
