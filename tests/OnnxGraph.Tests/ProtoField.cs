using System.Text;

namespace RenderFarm.OnnxGraph.Tests;

/// <summary>One field of a protobuf message, read back by a reader that shares nothing with the writer.</summary>
internal sealed record ProtoField(int Number, ulong Value, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public List<ProtoField> Message => Read(Bytes);

    public static List<ProtoField> Read(ReadOnlySpan<byte> bytes)
    {
        List<ProtoField> fields = [];
        while (bytes.Length > 0)
        {
            ulong tag = Varint(ref bytes);
            int number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(new ProtoField(number, Varint(ref bytes), []));
                    break;
                case 2:
                    int length = checked((int)Varint(ref bytes));
                    fields.Add(new ProtoField(number, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                case 5:
                    fields.Add(new ProtoField(number, BitConverter.ToUInt32(bytes), []));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} of field {number}.");
            }
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
