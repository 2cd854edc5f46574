using System.Collections.Concurrent;
using System.Text.Json;
using RenderFarm.Imaging;
using RenderFarm.Media;
using RenderFarm.TestSupport;

namespace RenderFarm.MediaPipe.Tests;

/// <summary>The portraits of the goldens and what is derived from them.</summary>
internal static class Pictures
{
    private static readonly ConcurrentDictionary<string, Task<RgbImage>> Decoded = new(StringComparer.Ordinal);

    /// <summary>Decoded once per run: several goldens are about the same dozen.</summary>
    public static Task<RgbImage> PortraitAsync(string fileName) => Decoded.GetOrAdd(
        fileName,
        name => new ImageDecoder(MediaTools.FromPath).DecodeAsync(SharedFolder.At("inputs/portraits/" + name), CancellationToken.None));

    /// <summary>Applies the golden's exact operations, each a name followed by its numbers.</summary>
    public static RgbImage Derive(RgbImage source, JsonElement operations)
    {
        foreach (JsonElement operation in operations.EnumerateArray())
            source = Apply(source, operation[0].GetString()!, [.. operation.EnumerateArray().Skip(1).Select(n => n.GetInt32())]);
        return source;
    }

    private static RgbImage Apply(RgbImage s, string operation, int[] n) => operation switch
    {
        "crop" => Map(s, n[2], n[3], (x, y) => (n[0] + x, n[1] + y)),
        "mirror" => Map(s, s.Width, s.Height, (x, y) => (s.Width - 1 - x, y)),
        "rot90cw" => Map(s, s.Height, s.Width, (x, y) => (y, s.Height - 1 - x)),
        "rot180" => Map(s, s.Width, s.Height, (x, y) => (s.Width - 1 - x, s.Height - 1 - y)),
        "every2nd" => Map(s, (s.Width + 1) / 2, (s.Height + 1) / 2, (x, y) => (2 * x, 2 * y)),
        "shift" => Map(s, s.Width, s.Height, (x, y) => (x - n[0], y - n[1])),
        "black" => new RgbImage(s.Width, s.Height, new byte[s.PixelsHWC.Length]),
        _ => throw new InvalidDataException($"The golden asks for '{operation}'."),
    };

    private static RgbImage Map(RgbImage source, int width, int height, Func<int, int, (int X, int Y)> from)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            (int x, int y) = from(i % width, i / width);
            if (x >= 0 && y >= 0 && x < source.Width && y < source.Height)
                source.PixelsHWC.AsSpan(((y * source.Width) + x) * 3, 3).CopyTo(pixels.AsSpan(i * 3));
        }

        return new RgbImage(width, height, pixels);
    }
}
