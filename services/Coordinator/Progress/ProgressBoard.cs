using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Progress;

/// <summary>The newest report on each segment since the reports were last written down.</summary>
public sealed class ProgressBoard
{
    private readonly Lock access = new();
    private Dictionary<(Guid JobId, int SegmentIndex, int Attempt), SegmentProgressed> newest = [];

    /// <summary>Reports may arrive out of order; progress does not go backwards while a worker stays with its segment.</summary>
    public void Record(SegmentProgressed report)
    {
        (Guid, int, int) key = (report.JobId, report.SegmentIndex, report.Attempt);
        lock (access)
        {
            bool isOlder = newest.TryGetValue(key, out SegmentProgressed? known)
                && known.WorkerId == report.WorkerId && known.Fraction > report.Fraction;
            if (!isOlder)
                newest[key] = report;
        }
    }

    /// <summary>Takes what is new.</summary>
    internal IReadOnlyCollection<SegmentProgressed> TakeAll()
    {
        lock (access)
        {
            Dictionary<(Guid, int, int), SegmentProgressed> taken = newest;
            newest = [];
            return taken.Values;
        }
    }
}
