using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace RenderFarm.TestSupport;

/// <summary>A NumPy array file (little-endian, C order), as the goldens use them.</summary>
public sealed partial class NpyFile
{
    private readonly string path;
    private readonly string type;
    private readonly byte[] data;

    private NpyFile(string path, string type, int[] shape, byte[] data)
    {
        this.path = path;
        this.type = type;
        this.data = data;
        Shape = shape;
    }

    /// <summary>Lengths of the axes, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    public static NpyFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bool isNumPy = bytes.Length >= 12 && bytes[0] == 0x93 && bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8);
        if (!isNumPy)
            throw new InvalidDataException($"{path} is not a NumPy array file.");
        // Format 1 stores the header's length in two bytes, later ones in four.
        (int start, int length) = bytes[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)))
            : (12, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)));
        string header = Encoding.ASCII.GetString(bytes, start, length);
        Match match = Header().Match(header);
        if (!match.Success)
            throw new InvalidDataException($"{path} has the header {header}, which this reader does not know.");
        int[] shape = [.. match.Groups["shape"].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(axis => int.Parse(axis, CultureInfo.InvariantCulture))];
        return new(path, match.Groups["type"].Value, shape, bytes[(start + length)..]);
    }

    /// <summary>The elements of a float32 array.</summary>
    public float[] Floats() => Elements<float>("<f4");

    /// <summary>The elements of an int32 array.</summary>
    public int[] Int32s() => Elements<int>("<i4");

    /// <summary>The elements of an int16 array.</summary>
    public short[] Int16s() => Elements<short>("<i2");

    /// <summary>The elements of a uint8 array.</summary>
    public byte[] Bytes() => Elements<byte>("|u1");

    private T[] Elements<T>(string expectedType) where T : unmanaged => type == expectedType
        ? MemoryMarshal.Cast<byte, T>(data).ToArray()
        : throw new InvalidDataException($"{path} holds {type}, not {expectedType}.");

    [GeneratedRegex(@"'descr': '(?<type>[^']+)', 'fortran_order': False, 'shape': \((?<shape>[\d, ]*)\)")]
    private static partial Regex Header();
}
