using System.Text;

namespace RenderFarm.TfLite.Tests;

/// <summary>Writes a FlexBuffer map of 4-byte values: ints, floats and lists of ints.</summary>
internal static class FlexDraft
{
    private const int TypeInt = 1;
    private const int TypeFloat = 3;
    private const int TypeMap = 9;
    private const int TypeVectorInt = 11;
    private const int FourBytes = 2; // as a power of two

    public static byte[] Write(params (string Key, object Value)[] entries)
    {
        (string Key, object Value)[] sorted = [.. entries.OrderBy(e => e.Key, StringComparer.Ordinal)];
        List<byte> file = [];
        int[] keys = [.. sorted.Select(e => Append(file, [.. Encoding.UTF8.GetBytes(e.Key), 0]))];
        int[] lists = [.. sorted.Select(e => e.Value is int[] numbers ? Vector(file, numbers) : -1)];
        Int(file, sorted.Length);
        int keyVector = file.Count;
        foreach (int key in keys)
            Int(file, file.Count - key);
        Int(file, file.Count - keyVector);
        Int(file, 4);
        Int(file, sorted.Length);
        int map = file.Count;
        for (int i = 0; i < sorted.Length; i++)
        {
            switch (sorted[i].Value)
            {
                case int number:
                    Int(file, number);
                    break;
                case float number:
                    file.AddRange(BitConverter.GetBytes(number));
                    break;
                default:
                    Int(file, file.Count - lists[i]);
                    break;
            }
        }

        foreach ((_, object value) in sorted)
            file.Add((byte)(((value is int ? TypeInt : value is float ? TypeFloat : TypeVectorInt) << 2) | FourBytes));
        Int(file, file.Count - map);
        file.AddRange([(TypeMap << 2) | FourBytes, 4]);
        return [.. file];
    }

    private static int Vector(List<byte> file, int[] numbers)
    {
        Int(file, numbers.Length);
        int start = file.Count;
        foreach (int number in numbers)
            Int(file, number);
        return start;
    }

    private static void Int(List<byte> file, int number) => file.AddRange(BitConverter.GetBytes(number));

    private static int Append(List<byte> file, byte[] bytes)
    {
        file.AddRange(bytes);
        return file.Count - bytes.Length;
    }
}
