using RenderFarm.Imaging;

namespace RenderFarm.MediaPipe;

/// <summary>
/// Video: looks again where something was in the frame before, and searches whole frames only while there are fewer than wanted.
/// </summary>
/// <param name="detect">All candidate regions of a frame, best first.</param>
/// <param name="read">What is in a region and where to look in the next frame, or null when nothing is there.</param>
internal sealed class TrackingLoop<T>(
    int maxCount, Func<RgbImage, IEnumerable<Region>> detect, Func<RgbImage, Region, (T Found, Region Next)?> read)
{
    private List<Region> regions = [];

    public List<T> Next(RgbImage frame)
    {
        IEnumerable<Region> detected = regions.Count < maxCount ? detect(frame).Take(maxCount) : [];
        List<(T Found, Region Next)> results = [];
        foreach (Region region in RegionMerge.KeepLater([.. detected, .. regions]))
        {
            if (read(frame, region) is { } result)
                results.Add(result);
        }

        regions = [.. results.Select(r => r.Next)];
        return [.. results.Select(r => r.Found)];
    }

    /// <summary>Forgets the frames before: the next one is treated as a still.</summary>
    public void Reset() => regions = [];
}
