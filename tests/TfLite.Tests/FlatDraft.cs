using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RenderFarm.TfLite.Tests;

/// <summary>
/// A FlatBuffers table to be written: values by field number. A value is a byte, an int, a text, bytes, ints, a table or tables.
/// Independent of the reader under test.
/// </summary>
internal sealed class FlatDraft
{
    private const int BufferAlignment = 16;
    private readonly SortedDictionary<int, object> fields = [];

    public object this[int field]
    {
        set => fields[field] = value;
    }

    public byte[] Write(string identifier)
    {
        List<byte> file = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(identifier)];
        Queue<(int Reference, object Value)> open = new([(0, (object)this)]);
        while (open.TryDequeue(out (int Reference, object Value) next))
        {
            int position = WriteValue(file, next.Value, open);
            BinaryPrimitives.WriteInt32LittleEndian(CollectionsMarshal.AsSpan(file)[next.Reference..], position - next.Reference);
        }

        return [.. file];
    }

    private static int WriteValue(List<byte> file, object value, Queue<(int, object)> open)
    {
        switch (value)
        {
            case FlatDraft table:
                return table.WriteTable(file, open);
            case FlatDraft[] tables:
                int vector = WriteCount(file, tables.Length, 4);
                foreach (FlatDraft table in tables)
                    WriteReference(file, table, open);
                return vector;
            case int[] numbers:
                vector = WriteCount(file, numbers.Length, 4);
                foreach (int number in numbers)
                    file.AddRange(BitConverter.GetBytes(number));
                return vector;
            case byte[] bytes:
                vector = WriteCount(file, bytes.Length, BufferAlignment);
                file.AddRange(bytes);
                return vector;
            case string text:
                vector = WriteCount(file, Encoding.UTF8.GetByteCount(text), 4);
                file.AddRange([.. Encoding.UTF8.GetBytes(text), 0]);
                return vector;
            default:
                throw new ArgumentException($"{value.GetType()} is no value of a field.", nameof(value));
        }
    }

    private int WriteTable(List<byte> file, Queue<(int, object)> open)
    {
        Align(file, 4);
        int slots = fields.Count == 0 ? 0 : fields.Keys.Max() + 1;
        int list = file.Count;
        file.AddRange([.. BitConverter.GetBytes((ushort)(4 + (2 * slots))), .. BitConverter.GetBytes((ushort)(4 + (4 * fields.Count)))]);
        int[] order = [.. fields.Keys];
        for (int field = 0; field < slots; field++)
            file.AddRange(BitConverter.GetBytes((ushort)(fields.ContainsKey(field) ? 4 + (4 * Array.IndexOf(order, field)) : 0)));
        Align(file, 4);
        int table = file.Count;
        file.AddRange(BitConverter.GetBytes(table - list));
        foreach (object value in fields.Values)
        {
            if (value is byte small)
                file.AddRange([small, 0, 0, 0]);
            else if (value is int number)
                file.AddRange(BitConverter.GetBytes(number));
            else
                WriteReference(file, value, open);
        }

        return table;
    }

    private static void WriteReference(List<byte> file, object value, Queue<(int, object)> open)
    {
        open.Enqueue((file.Count, value));
        file.AddRange([0, 0, 0, 0]);
    }

    private static int WriteCount(List<byte> file, int count, int alignment)
    {
        while ((file.Count + 4) % alignment != 0)
            file.Add(0);
        file.AddRange(BitConverter.GetBytes(count));
        return file.Count - 4;
    }

    private static void Align(List<byte> file, int alignment)
    {
        while (file.Count % alignment != 0)
            file.Add(0);
    }
}
