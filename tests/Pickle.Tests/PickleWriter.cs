using System.Buffers.Binary;
using System.Text;

namespace RenderFarm.Pickle.Tests;

/// <summary>Writes pickles opcode by opcode, so that a test says exactly which bytes it is about.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [0x80, 2];

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Op(byte opcode, params byte[] argument) => Raw([opcode, .. argument]);

    public PickleWriter Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op((byte)'J', bytes);
    }

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op((byte)'X', [.. length, .. utf8]);
    }

    public PickleWriter Global(string module, string name) => Raw([(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")]);

    public byte[] Stop() => [.. _bytes, (byte)'.'];

    private PickleWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
