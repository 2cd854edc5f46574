namespace RenderFarm.Coordinator.Sweeping;

/// <summary>
/// Tells a command that waits on the queue from one that is lost. A queue is first in, first out: while all that is being
/// rendered was sent earlier, a command may wait as long as it likes.
/// </summary>
public static class QueueLoss
{
    /// <param name="sentAt">When the command was sent; nobody has reported on it.</param>
    /// <param name="latestBegun">When the newest command that somebody works on was sent; null when nobody works.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">Lease and queue time.</param>
    public static bool IsLost(DateTimeOffset sentAt, DateTimeOffset? latestBegun, DateTimeOffset now, CoordinatorOptions options) =>
        latestBegun is DateTimeOffset begun
            ? begun - sentAt > options.LeaseDuration // a worker may hold it a while before its first report
            : now - sentAt > options.QueueTime;
}
