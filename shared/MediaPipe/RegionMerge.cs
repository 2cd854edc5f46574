namespace RenderFarm.MediaPipe;

/// <summary>Removes regions that look at the same thing.</summary>
internal static class RegionMerge
{
    private const double MaxIou = 0.5;

    /// <summary>A later region replaces every earlier one that it overlaps.</summary>
    public static List<Region> KeepLater(IEnumerable<Region> regions)
    {
        List<Region> kept = [];
        foreach (Region region in regions)
        {
            kept.RemoveAll(earlier => earlier.UprightIou(region) > MaxIou);
            kept.Add(region);
        }

        return kept;
    }
}
