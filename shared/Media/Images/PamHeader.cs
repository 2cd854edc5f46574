using System.Globalization;
using System.Text;

namespace RenderFarm.Media;

/// <summary>The header ffmpeg's PAM encoder writes before the pixels; brings the size of the picture along with the picture.</summary>
/// <remarks>Netpbm PAM: lines "WIDTH n", "HEIGHT n", "DEPTH n", "MAXVAL n", "TUPLTYPE t" between "P7" and "ENDHDR".</remarks>
public readonly record struct PamHeader(int WidthPixels, int HeightPixels, int Channels, int HeaderBytes)
{
    /// <summary>No header of ours is longer.</summary>
    public const int MaxBytes = 256;

    /// <returns>Null when the bytes are not a whole header.</returns>
    public static PamHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("ENDHDR\n"u8);
        if (end < 0 || !bytes.StartsWith("P7\n"u8))
            return null;
        Dictionary<string, int> fields = [];
        foreach (string line in Encoding.ASCII.GetString(bytes[..end]).Split('\n'))
            if (line.Split(' ') is [var name, var value] && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                fields[name] = number;
        return fields.GetValueOrDefault("MAXVAL") == 255
            && fields.TryGetValue("WIDTH", out int width) && fields.TryGetValue("HEIGHT", out int height) && fields.TryGetValue("DEPTH", out int depth)
            ? new PamHeader(width, height, depth, end + "ENDHDR\n".Length)
            : null;
    }
}
