using System.Globalization;
using System.Text;

namespace RenderFarm.Media;

/// <summary>Reads what <c>-progress</c> prints: blocks of <c>key=value</c> lines, the last one ending in <c>progress=end</c>.</summary>
public static class FrameProgress
{
    /// <returns>Frames of the last block; null when there is none or the program did not reach its end.</returns>
    public static long? FinalFrameCount(ReadOnlySpan<byte> text)
    {
        long? frames = null;
        bool ended = false;
        foreach (string line in Encoding.ASCII.GetString(text).Split('\n'))
        {
            if (line.StartsWith("frame=", StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(6).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                frames = count;
            ended |= line.Trim() == "progress=end";
        }

        return ended ? frames : null;
    }
}
