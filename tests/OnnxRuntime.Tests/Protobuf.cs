using System.Text;

namespace RenderFarm.OnnxRuntime.Tests;

/// <summary>Writes protobuf fields by number: all it takes to spell a small ONNX model.</summary>
internal sealed class Protobuf
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public Protobuf Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public Protobuf Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public Protobuf Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Message(int field, Protobuf value) => Bytes(field, value.ToArray());

    public Protobuf Messages(int field, IEnumerable<Protobuf> values)
    {
        foreach (Protobuf value in values)
            Message(field, value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
            _bytes.Add((byte)(value | 128));
        _bytes.Add((byte)value);
    }
}
