using System.Runtime.InteropServices;

namespace RenderFarm.TfLite;

/// <summary>A table: fields are found through a list of offsets in front of it and have a default when they are absent.</summary>
internal readonly struct FlatTable
{
    private const int FieldListHeader = 4;
    private readonly FlatBuffer file;
    private readonly long position;
    private readonly long fieldList;
    private readonly int fieldListBytes;

    public FlatTable(FlatBuffer file, long position)
    {
        this.file = file;
        this.position = position;
        fieldList = position - file.Int32(position);
        fieldListBytes = file.UInt16(fieldList);
    }

    public int Byte(int field, int absent = 0) => Find(field) is long at ? file.Byte(at) : absent;

    public bool Bool(int field) => Byte(field) != 0;

    public int Int(int field, int absent = 0) => Find(field) is long at ? file.Int32(at) : absent;

    public uint UInt(int field) => Find(field) is long at ? file.UInt32(at) : 0;

    public string Text(int field) => Find(field) is long at ? file.Text(file.Follow(at)) : "";

    public FlatTable? Table(int field) => Find(field) is long at ? file.TableAt(at) : null;

    public ReadOnlyMemory<byte> Bytes(int field) => Vector(field, 1).Elements;

    public int[] Ints(int field) => MemoryMarshal.Cast<byte, int>(Vector(field, sizeof(int)).Elements.Span).ToArray();

    public FlatTable[] Tables(int field)
    {
        FlatVector offsets = Vector(field, sizeof(uint));
        FlatTable[] tables = new FlatTable[offsets.Count];
        for (int i = 0; i < tables.Length; i++)
            tables[i] = file.TableAt(offsets.Position + ((long)i * sizeof(uint)));
        return tables;
    }

    private FlatVector Vector(int field, int elementBytes) =>
        Find(field) is long at ? file.Vector(file.Follow(at), elementBytes) : default;

    private long? Find(int field)
    {
        int entry = FieldListHeader + (field * sizeof(ushort));
        if (entry + sizeof(ushort) > fieldListBytes)
            return null;
        int offset = file.UInt16(fieldList + entry);
        return offset == 0 ? null : position + offset;
    }
}
