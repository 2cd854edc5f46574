using RenderFarm.Contracts;
using RenderFarm.Farm.Commands;
using RenderFarm.Packs;

namespace RenderFarm.Farm.Rendering;

/// <summary>Which options go together, and what they mean for a pack. Pure.</summary>
internal static class RenderRules
{
    /// <exception cref="UsageException">The pack cannot do what is asked.</exception>
    public static RenderSettings Settings(RenderOptions options, PackManifest pack)
    {
        if (PackManifestRules.SizeViolation(pack, options.SizePixels) is { } violation)
            throw new UsageException(violation);
        return new RenderSettings
        {
            Pack = pack.Name,
            Seed = options.Seed,
            Steps = options.Steps ?? pack.DefaultSteps,
            KeepFrames = options.KeepFrames,
            Encoding = new VideoEncoding
            {
                Codec = options.Codec,
                Crf = options.Crf,
                FrameRate = options.FrameRate,
                SizePixels = options.SizePixels,
            },
        };
    }

    /// <summary>What the video says about itself.</summary>
    public static VideoLabels Labels(RenderOptions options, PackManifest pack) => new()
    {
        Title = options.Title ?? TitleFrom(options.Audio),
        Generator = $"{pack.Name} {pack.Version}",
    };

    // A file name may hold anything but '/' and the zero byte.
    private static string TitleFrom(string audio)
    {
        string name = new([.. Path.GetFileNameWithoutExtension(audio).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return string.IsNullOrWhiteSpace(name) ? "Lecture" : name.Trim();
    }
}
