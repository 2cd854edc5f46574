namespace RenderFarm.Coordinator.Dispatch;

/// <summary>Which workers a command tells to hand the segment back.</summary>
public static class Exclusion
{
    /// <summary>Hand-backs after which exclusions are dropped: better a worker that failed once than a segment going round for ever.</summary>
    public const int MostReturns = 5;

    /// <param name="failedOn">Workers on which this segment failed.</param>
    /// <param name="banned">Workers that get no more of this job.</param>
    /// <param name="present">Workers heard of lately.</param>
    /// <param name="returns">Times the segment was handed back.</param>
    public static IReadOnlyList<string> Choose(
        IReadOnlyCollection<string> failedOn, IReadOnlyCollection<string> banned, IReadOnlyCollection<string> present, int returns)
    {
        if (returns >= MostReturns)
            return [];
        IReadOnlyList<string> all = Sorted(failedOn.Union(banned, StringComparer.Ordinal));
        if (present.Except(all, StringComparer.Ordinal).Any())
            return all;
        // Where nobody else is, one of those who failed tries again.
        return present.Except(banned, StringComparer.Ordinal).Any() ? Sorted(banned) : [];
    }

    private static IReadOnlyList<string> Sorted(IEnumerable<string> workers) => [.. workers.Order(StringComparer.Ordinal)];
}
