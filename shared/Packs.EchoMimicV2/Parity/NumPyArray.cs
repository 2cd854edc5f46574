using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using RenderFarm.Failures;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>A NumPy array file: little-endian, C order, numbers.</summary>
/// <remarks>NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".</remarks>
public sealed partial class NumPyArray
{
    private const int MaxBytes = 1 << 30; // a golden of a gigabyte is no golden

    private readonly string _path;
    private readonly string _type;
    private readonly byte[] _data;

    private NumPyArray(string path, string type, int[] shape, byte[] data)
    {
        _path = path;
        _type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>Lengths of the axes, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <exception cref="PermanentException">Missing, damaged, or of another layout.</exception>
    public static NumPyArray Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new PermanentException($"The array file '{path}' is larger than {MaxBytes} bytes.");
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The array file '{path}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new PermanentException($"The array file '{path}' is damaged: {e.Message}", e);
        }
    }

    /// <summary>The elements as single precision; float32, float16, and integers that fit exactly.</summary>
    public float[] Singles() => _type switch
    {
        "<f4" => Elements<float>(),
        "<f2" => [.. Elements<Half>().Select(value => (float)value)],
        "<f8" => [.. Elements<double>().Select(value => (float)value)],
        "<i4" => [.. Elements<int>().Select(value => (float)value)],
        "<i8" => [.. Elements<long>().Select(value => (float)value)],
        "<i2" => [.. Elements<short>().Select(value => (float)value)],
        "|u1" => [.. _data.Select(value => (float)value)],
        _ => throw new PermanentException($"The array file '{_path}' holds elements of type {_type}, which are not compared."),
    };

    /// <summary>The elements of an integer array.</summary>
    public long[] Integers() => _type switch
    {
        "<i4" => [.. Elements<int>().Select(value => (long)value)],
        "<i8" => Elements<long>(),
        "<i2" => [.. Elements<short>().Select(value => (long)value)],
        "|u1" => [.. _data.Select(value => (long)value)],
        _ => throw new PermanentException($"The array file '{_path}' holds {_type}, not integers."),
    };

    /// <summary>The elements of an 8-bit array.</summary>
    public byte[] Bytes() => _type == "|u1" ? _data : throw new PermanentException($"The array file '{_path}' holds {_type}, not bytes.");

    private static NumPyArray Parse(string path, byte[] bytes)
    {
        bool isNumPy = bytes.Length >= 12 && bytes[0] == 0x93 && bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8);
        if (!isNumPy)
            throw new FormatException("it does not begin as a NumPy file.");
        // Format 1 stores the header's length in two bytes, later ones in four.
        (int start, int length) = bytes[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)))
            : (12, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)));
        string header = Encoding.ASCII.GetString(bytes, start, length);
        Match match = Header().Match(header);
        if (!match.Success)
            throw new FormatException($"its header is {header.Trim()}.");
        int[] shape = [.. match.Groups["shape"].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(axis => int.Parse(axis, NumberStyles.None, CultureInfo.InvariantCulture))];
        string type = match.Groups["type"].Value;
        long size = int.Parse(type[^1..], NumberStyles.None, CultureInfo.InvariantCulture);
        foreach (int axis in shape)
            size = checked(size * axis);
        byte[] data = bytes[(start + length)..];
        return data.Length == size ? new(path, type, shape, data) : throw new FormatException($"it has {data.Length} bytes of data instead of {size}.");
    }

    private T[] Elements<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_data).ToArray();

    [GeneratedRegex(@"'descr': '(?<type>[<|][a-z]\d)', 'fortran_order': False, 'shape': \((?<shape>[\d, ]*)\)")]
    private static partial Regex Header();
}
