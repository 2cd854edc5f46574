using System.Buffers;

namespace RenderFarm.Storage;

/// <summary>The rule for keys, the same in every store: see <see cref="IObjectStore"/>.</summary>
public static class StoreKey
{
    /// <summary>Characters of a whole key; S3 would take 1024 bytes, a bucket prefix may use the rest.</summary>
    public const int MaxLength = 512;

    /// <summary>Characters of one segment; file systems take 255 bytes.</summary>
    public const int MaxSegmentLength = 200;

    private static readonly SearchValues<char> s_segmentCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(string key) => key.Length <= MaxLength && AreSegments(key);

    /// <summary>A prefix is the start of a key: whole segments, each closed by '/', then perhaps the start of one more.</summary>
    public static bool IsValidPrefix(string prefix)
    {
        int tail = prefix.LastIndexOf('/') + 1;
        return prefix.Length <= MaxLength
            && prefix.Length - tail <= MaxSegmentLength
            && !prefix.AsSpan(tail).ContainsAnyExcept(s_segmentCharacters)
            && (tail == 0 || AreSegments(prefix.AsSpan(0, tail - 1)));
    }

    /// <exception cref="ArgumentException">The key breaks the rule.</exception>
    public static void Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsValid(key))
            throw new ArgumentException($"'{Shown(key)}' is not a store key.", nameof(key));
    }

    /// <exception cref="ArgumentException">No key could start like this.</exception>
    public static void ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!IsValidPrefix(prefix))
            throw new ArgumentException($"'{Shown(prefix)}' is not the start of a store key.", nameof(prefix));
    }

    private static bool AreSegments(ReadOnlySpan<char> segments)
    {
        foreach (Range range in segments.Split('/'))
        {
            ReadOnlySpan<char> segment = segments[range];
            if (segment is "" or "." or ".." || segment.Length > MaxSegmentLength || segment.ContainsAnyExcept(s_segmentCharacters))
                return false;
        }

        return true;
    }

    private static string Shown(string key) => key.Length <= MaxLength ? key : $"{key.AsSpan(0, 60)}… ({key.Length} characters)";
}
