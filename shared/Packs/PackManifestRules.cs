using System.Globalization;
using System.Text.RegularExpressions;

namespace RenderFarm.Packs;

/// <summary>What must hold for a manifest, wherever it comes from.</summary>
public static partial class PackManifestRules
{
    private const int MaxWindowFrames = 1024;
    private const int MaxSteps = 1000; // the training schedule has that many timesteps
    private const int MaxSidePixels = 8192;

    /// <summary>The first rule the manifest breaks, as a sentence, or null when it is valid.</summary>
    public static string? FirstViolation(PackManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return
            !NamePattern().IsMatch(manifest.Name) ? "'name' must be 1 to 64 of a-z, 0-9, '.', '_' and '-', and start with a letter or digit."
            : IsBlankOrLong(manifest.Version, 64) ? "'version' must be 1 to 64 printable characters."
            : IsBlankOrLong(manifest.Summary, 200) ? "'summary' must be one line of 1 to 200 printable characters."
            : Outside(manifest.WindowFrames, 1, MaxWindowFrames, "windowFrames")
            ?? Outside(manifest.WindowOverlapFrames, 0, manifest.WindowFrames - 1, "windowOverlapFrames")
            ?? Outside(manifest.WindowShiftFrames, 0, MaxWindowFrames, "windowShiftFrames")
            ?? Outside(manifest.DefaultSteps, 1, MaxSteps, "defaultSteps")
            ?? Outside(manifest.SizeMultiplePixels, 2, MaxSidePixels, "sizeMultiplePixels")
            ?? Even(manifest.SizeMultiplePixels)
            ?? Outside(manifest.MinSizePixels, manifest.SizeMultiplePixels, MaxSidePixels, "minSizePixels")
            ?? Outside(manifest.MaxSizePixels, manifest.MinSizePixels, MaxSidePixels, "maxSizePixels")
            ?? (manifest.NoiseClamp is > 0 and < float.PositiveInfinity ? null : "'noiseClamp' must be a positive number.");
    }

    /// <summary>Why the pack cannot render this size, as a sentence for the user, or null when it can.</summary>
    public static string? SizeViolation(PackManifest manifest, int sizePixels)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return sizePixels >= manifest.MinSizePixels && sizePixels <= manifest.MaxSizePixels && sizePixels % manifest.SizeMultiplePixels == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The pack '{manifest.Name}' renders {manifest.MinSizePixels} to {manifest.MaxSizePixels} pixels in multiples of {manifest.SizeMultiplePixels}, not {sizePixels}; choose such a size.");
    }

    /// <summary>A name from outside, fit for a message: short, and without control characters.</summary>
    internal static string Printable(string text)
    {
        string cut = text.Length <= 64 ? text : text[..64] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) ? '?' : c));
    }

    private static string? Outside(int value, int min, int max, string name) => value >= min && value <= max
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"'{name}' must be {min} to {max}, not {value}.");

    // 4:2:0 video halves both sides.
    private static string? Even(int multiple) => multiple % 2 == 0 ? null : "'sizeMultiplePixels' must be even.";

    private static bool IsBlankOrLong(string text, int max) => string.IsNullOrWhiteSpace(text) || text.Length > max || text.Any(char.IsControl);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex NamePattern();
}
