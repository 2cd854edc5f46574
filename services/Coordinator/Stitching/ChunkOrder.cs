namespace RenderFarm.Coordinator.Stitching;

/// <summary>The order of the chunks: interior 0, border 0, interior 1, … A segment all of whose frames are borders has no interior.</summary>
public static class ChunkOrder
{
    /// <param name="interiors">Per segment, in order.</param>
    /// <param name="borders">Key by border; borders of no frames are absent.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string?> interiors, IReadOnlyDictionary<int, string> borders)
    {
        for (int i = 0; i < interiors.Count; i++)
        {
            if (interiors[i] is string interior)
                yield return interior;
            if (borders.TryGetValue(i, out string? border))
                yield return border;
        }
    }
}
