using System.Text;

namespace RenderFarm.Media;

/// <summary>A path as it may appear in a sentence: names are hostile, so no control characters and no endless lines.</summary>
public static class ShownPath
{
    private const int LongestShown = 160;

    public static string Of(string path)
    {
        StringBuilder shown = new();
        foreach (Rune rune in path.EnumerateRunes())
        {
            if (shown.Length >= LongestShown)
                return shown.Append('…').ToString();
            shown.Append(IsPlain(rune) ? rune.ToString() : "?");
        }

        return shown.ToString();
    }

    // Format and control characters could move the cursor or reverse the reading direction.
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
