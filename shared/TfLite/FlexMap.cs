using System.Buffers.Binary;
using System.Text;
using RenderFarm.Failures;

namespace RenderFarm.TfLite;

/// <summary>
/// Reads a FlexBuffer whose root is a map: the parameters of MediaPipe's custom operations. Only what those hold is read
/// (numbers and vectors of integers); every position is checked and nothing is followed twice, so hostile bytes end in a
/// <see cref="PermanentException"/>.
/// </summary>
/// <remarks>Format: https://flatbuffers.dev/flatbuffers_internals/#flexbuffers. Sizes are those of the parent: 1, 2, 4 or 8 bytes.</remarks>
internal sealed class FlexMap
{
    private const int TypeInt = 1;
    private const int TypeUInt = 2;
    private const int TypeFloat = 3;
    private const int TypeIndirectFloat = 8;
    private const int TypeMap = 9;
    private const int TypeVectorInt = 11;
    private const int TypeVectorUInt = 12;
    private const int LongestKey = 256;

    private readonly string operation;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly long values;
    private readonly int width;
    private readonly long count;
    private readonly long keys;
    private readonly int keyWidth;

    public FlexMap(string operation, ReadOnlyMemory<byte> bytes)
    {
        this.operation = operation;
        this.bytes = bytes;
        if (bytes.Length < 3)
            throw Damaged("they are too short");
        int rootWidth = Width(bytes.Span[^1]);
        int rootType = bytes.Span[^2];
        if (rootType >> 2 != TypeMap)
            throw Damaged("they are not a map");
        long root = bytes.Length - 2 - rootWidth;
        width = 1 << (rootType & 3);
        values = root - (long)Unsigned(root, rootWidth);
        count = Count(values, width);
        long keysField = values - (3L * width);
        keys = keysField - (long)Unsigned(keysField, width);
        keyWidth = Width(Unsigned(values - (2L * width), width));
    }

    public int Int(string key)
    {
        (long at, int type) = Find(key);
        long value = (type >> 2) switch
        {
            TypeInt => Signed(at, width),
            TypeUInt => (long)Unsigned(at, width),
            _ => throw Damaged($"'{key}' is not an integer"),
        };
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Damaged($"'{key}' is {value}");
    }

    public float Float(string key)
    {
        (long at, int type) = Find(key);
        return (type >> 2) switch
        {
            TypeFloat => Real(at, width),
            TypeIndirectFloat => Real(at - (long)Unsigned(at, width), 1 << (type & 3)),
            TypeInt => Signed(at, width),
            _ => throw Damaged($"'{key}' is not a number"),
        };
    }

    public long[] Ints(string key)
    {
        (long at, int type) = Find(key);
        if (type >> 2 is not (TypeVectorInt or TypeVectorUInt))
            throw Damaged($"'{key}' is not a list of integers");
        long first = at - (long)Unsigned(at, width);
        int elementWidth = 1 << (type & 3);
        long[] numbers = new long[Count(first, elementWidth)];
        for (int i = 0; i < numbers.Length; i++)
        {
            long position = first + ((long)i * elementWidth);
            numbers[i] = type >> 2 == TypeVectorInt ? Signed(position, elementWidth) : (long)Unsigned(position, elementWidth);
        }

        return numbers;
    }

    /// <summary>Position and packed type (type · 4 + log2 of the width of what it points to) of a value.</summary>
    private (long Position, int Type) Find(string key)
    {
        for (long i = 0; i < count; i++)
        {
            long keyField = keys + (i * keyWidth);
            if (KeyAt(keyField - (long)Unsigned(keyField, keyWidth), key))
                return (values + (i * width), Span(values + (count * width) + i, 1)[0]);
        }

        throw Damaged($"'{key}' is missing");
    }

    private bool KeyAt(long position, string key)
    {
        Span<byte> wanted = stackalloc byte[LongestKey];
        int length = Encoding.UTF8.GetBytes(key, wanted);
        wanted[length] = 0; // keys end with a zero byte
        if (position < 0 || position >= bytes.Length)
            throw Damaged("a key lies outside");
        return bytes.Span[(int)position..].StartsWith(wanted[..(length + 1)]);
    }

    /// <summary>Element count, stored in front of the elements; checked to lie inside.</summary>
    private long Count(long first, int elementWidth)
    {
        ulong number = Unsigned(first - elementWidth, elementWidth);
        if (first < 0 || number > (ulong)(bytes.Length - first) / (ulong)elementWidth)
            throw Damaged("a list lies outside");
        return (long)number;
    }

    private int Width(ulong stored) => stored is 1 or 2 or 4 or 8 ? (int)stored : throw Damaged($"{stored} is no width");

    private float Real(long position, int size) => size switch
    {
        4 => BinaryPrimitives.ReadSingleLittleEndian(Span(position, 4)),
        8 => (float)BinaryPrimitives.ReadDoubleLittleEndian(Span(position, 8)),
        _ => throw Damaged($"a number has {size} bytes"),
    };

    private long Signed(long position, int size) => size switch
    {
        1 => (sbyte)Span(position, 1)[0],
        2 => BinaryPrimitives.ReadInt16LittleEndian(Span(position, 2)),
        4 => BinaryPrimitives.ReadInt32LittleEndian(Span(position, 4)),
        _ => BinaryPrimitives.ReadInt64LittleEndian(Span(position, 8)),
    };

    private ulong Unsigned(long position, int size) => size switch
    {
        1 => Span(position, 1)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(Span(position, 2)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(Span(position, 4)),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(Span(position, 8)),
    };

    private ReadOnlySpan<byte> Span(long position, int length) =>
        position >= 0 && position <= bytes.Length - length
            ? bytes.Span.Slice((int)position, length)
            : throw Damaged($"byte {position} lies outside");

    private PermanentException Damaged(string what) =>
        new($"The parameters of the TFLite operation '{operation}' are damaged ({what}): install its package again.");
}
