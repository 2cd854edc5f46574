using System.Buffers.Binary;
using System.Text;
using RenderFarm.Failures;

namespace RenderFarm.TfLite;

/// <summary>
/// Bounds-checked reads from a FlatBuffers file. Offsets in such a file may point anywhere, also many times at the same
/// place, so reading also has a budget in proportion to the file: a small file cannot describe a huge model.
/// </summary>
/// <remarks>Format: https://flatbuffers.dev/internals/. All numbers are little-endian.</remarks>
internal sealed class FlatBuffer(string name, ReadOnlyMemory<byte> bytes)
{
    private const int RootOffset = 0;
    private const int FreeBytes = 64 * 1024;
    private long budget = (4L * bytes.Length) + FreeBytes;

    public FlatTable Root => TableAt(RootOffset);

    public bool HasIdentifier(ReadOnlySpan<byte> identifier) => Slice(4, identifier.Length).Span.SequenceEqual(identifier);

    public ReadOnlyMemory<byte> Slice(long position, long length)
    {
        if (position < 0 || length < 0 || position > bytes.Length - length)
            throw Damaged($"{length} bytes at {position} lie outside its {bytes.Length} bytes");
        return bytes.Slice((int)position, (int)length);
    }

    public byte Byte(long position) => Slice(position, 1).Span[0];

    public ushort UInt16(long position) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(position, sizeof(ushort)).Span);

    public int Int32(long position) => BinaryPrimitives.ReadInt32LittleEndian(Slice(position, sizeof(int)).Span);

    public uint UInt32(long position) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(position, sizeof(uint)).Span);

    /// <summary>Where the offset stored at a position points: offsets are relative to themselves and unsigned.</summary>
    public long Follow(long position) => position + UInt32(position);

    /// <summary>The table that the offset at a position points to.</summary>
    public FlatTable TableAt(long position)
    {
        Spend(sizeof(int));
        return new FlatTable(this, Follow(position));
    }

    /// <summary>The elements of a vector: a count, then <paramref name="elementBytes"/> for each.</summary>
    public FlatVector Vector(long position, int elementBytes)
    {
        long count = UInt32(position);
        ReadOnlyMemory<byte> elements = Slice(position + sizeof(uint), count * elementBytes);
        Spend(elements.Length);
        return new FlatVector(position + sizeof(uint), (int)count, elements);
    }

    /// <summary>Text; broken UTF-8 is read as replacement characters.</summary>
    public string Text(long position) => Encoding.UTF8.GetString(Vector(position, 1).Elements.Span);

    public PermanentException Damaged(string what) =>
        new($"The TFLite network '{name}' is damaged ({what}): install its package again.");

    private void Spend(long count)
    {
        budget -= count;
        if (budget < 0)
            throw Damaged("its parts refer to the same bytes too often");
    }
}
