using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Storage.Tests;

/// <summary>Keys whose order is easy to get wrong: short segments of characters on both sides of '/'.</summary>
internal static class Keys
{
    private static readonly Gen<string> s_segment =
        Gen.Elements("a", "b", "B", "0", "-", "a-", "a.b", "a0", "0.1", "_", "ab", "A", "..a", "10", "9");

    public static Gen<string> Generator { get; } =
        from depth in Gen.Choose(1, 3)
        from segments in Gen.ArrayOf(s_segment, depth)
        select string.Join('/', segments);

    /// <summary>A folder cannot hold an object and objects below it.</summary>
    public static IReadOnlyList<string> WithoutNesting(IEnumerable<string> keys)
    {
        List<string> all = [.. keys.Distinct(StringComparer.Ordinal)];
        return [.. all.Where(k => !all.Exists(other => other.StartsWith($"{k}/", StringComparison.Ordinal)))];
    }
}
