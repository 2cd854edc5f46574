namespace RenderFarm.Packs.Tests;

internal static class Manifests
{
    public static PackManifest AManifest(string name = "puppet") => new()
    {
        Name = name,
        Version = "1.0",
        Summary = "A pack.",
        WindowFrames = 12,
        WindowOverlapFrames = 3,
        WindowShiftFrames = 3,
        DefaultSteps = 6,
        MinSizePixels = 128,
        MaxSizePixels = 1024,
        SizeMultiplePixels = 8,
    };
}
