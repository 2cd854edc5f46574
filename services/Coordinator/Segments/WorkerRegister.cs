using Microsoft.EntityFrameworkCore;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data.Workers;

namespace RenderFarm.Coordinator.Segments;

/// <summary>Who has been heard of, and how each does on a job.</summary>
internal static class WorkerRegister
{
    /// <summary>Different segments a worker may fail one after the other before it gets no more of the job.</summary>
    private const int MostFailuresInARow = 3;

    public static async Task<IReadOnlyList<string>> PresentAsync(JobEntry entry, TimeSpan memory, CancellationToken cancellationToken)
    {
        DateTimeOffset since = entry.Now - memory;
        List<string> present = await entry.Db.Workers.Where(w => w.LastSeenAt >= since).Select(w => w.Id).ToListAsync(cancellationToken);
        // A worker met in this transaction is not in the table yet.
        return [.. present.Union(entry.Db.Workers.Local.Select(w => w.Id), StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<string>> BannedAsync(JobEntry entry, CancellationToken cancellationToken) =>
        await entry.Db.JobWorkers.Where(w => w.JobId == entry.Job.Id && w.IsBanned).Select(w => w.WorkerId).ToListAsync(cancellationToken);

    public static async Task SawAsync(JobEntry entry, string workerId, CancellationToken cancellationToken)
    {
        WorkerRow? worker = await entry.Db.Workers.FindAsync([workerId], cancellationToken);
        if (worker is null)
            entry.Db.Add(worker = new() { Id = workerId });
        worker.LastSeenAt = entry.Now;
    }

    public static async Task RenderedAsync(JobEntry entry, string workerId, CancellationToken cancellationToken)
    {
        await SawAsync(entry, workerId, cancellationToken);
        if (await entry.Db.JobWorkers.FindAsync([entry.Job.Id, workerId], cancellationToken) is JobWorkerRow record)
            record.FailedInARow = [];
    }

    /// <summary>Counts the failure.</summary>
    /// <returns>True when the worker gets no more of the job.</returns>
    public static async Task<bool> FailedAsync(JobEntry entry, string workerId, int segmentIndex, CancellationToken cancellationToken)
    {
        await SawAsync(entry, workerId, cancellationToken);
        JobWorkerRow? record = await entry.Db.JobWorkers.FindAsync([entry.Job.Id, workerId], cancellationToken);
        if (record is null)
            entry.Db.Add(record = new() { JobId = entry.Job.Id, WorkerId = workerId, FailedInARow = [] });
        // The same segment again says nothing new about the worker.
        record.FailedInARow = [.. record.FailedInARow.Append(segmentIndex).Distinct()];
        record.IsBanned |= record.FailedInARow.Count >= MostFailuresInARow;
        return record.IsBanned;
    }
}
