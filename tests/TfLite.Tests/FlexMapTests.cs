using RenderFarm.Failures;

namespace RenderFarm.TfLite.Tests;

public sealed class FlexMapTests
{
    /// <summary>{"a": 1, "b": [1, 2, 3], "f": 1.5}, as Google's flatbuffers library writes it with one-byte and four-byte parts.</summary>
    [Fact]
    public void Parts_of_different_widths_are_read()
    {
        byte[] file =
        [
            (byte)'a', 0, (byte)'b', 0, (byte)'f', 0, // 0: keys
            3, 1, 2, 3, // 6: list, its elements at 7
            0, 0, // 10: alignment
            0, 0, 0xC0, 0x3F, // 12: 1.5f
            3, 17, 16, 15, // 16: key vector, at 17
            4, 1, 3, // 20: distance to the keys, their width, count
            1, 17, 13, // 23: values: 1, list at 24 - 17, float at 25 - 13
            0x04, 0x2C, 0x22, // 26: int, list of one-byte ints, indirect four-byte float
            6, 0x24, 1, // 29: distance to the map, map, width
        ];
        file[20] = (byte)(20 - 17);
        FlexMap map = new("op", file);
        Assert.Equal(1, map.Int("a"));
        Assert.Equal([1, 2, 3], map.Ints("b"));
        Assert.Equal(1.5f, map.Float("f"));
    }

    [Fact]
    public void What_is_missing_or_of_another_type_is_named()
    {
        FlexMap map = new("op", FlexDraft.Write(("number", 3), ("list", Enumerable.Range(4, 2).ToArray())));
        Assert.Equal(3, map.Int("number"));
        Assert.Equal([4, 5], map.Ints("list"));
        Assert.Contains("'other'", Assert.Throws<PermanentException>(() => map.Int("other")).Message, StringComparison.Ordinal);
        Assert.Contains("'list'", Assert.Throws<PermanentException>(() => map.Int("list")).Message, StringComparison.Ordinal);
        Assert.Contains("'number'", Assert.Throws<PermanentException>(() => map.Ints("number")).Message, StringComparison.Ordinal);
    }
}
