using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Data.Workers;

namespace RenderFarm.Coordinator.Progress;

/// <summary>
/// Writes the reports down in one transaction: renews leases, shows what workers do. The update itself is the fence: it
/// touches only a segment that is in flight under the same attempt.
/// </summary>
public sealed class ProgressWriter(
    ProgressBoard board, IDbContextFactory<FarmDbContext> contexts, WriteGate gate, JobChanges changes, IOptions<CoordinatorOptions> options, TimeProvider time)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyCollection<SegmentProgressed> reports = board.TakeAll();
        if (reports.Count == 0)
            return;
        DateTimeOffset now = time.GetUtcNow();
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (SegmentProgressed report in reports)
            await RenewAsync(db, report, now + options.Value.LeaseDuration, cancellationToken);
        foreach (string workerId in reports.Select(r => r.WorkerId).Distinct(StringComparer.Ordinal))
            await SawAsync(db, workerId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (Guid jobId in reports.Select(r => r.JobId).Distinct())
            changes.Notify(jobId);
    }

    private static Task<int> RenewAsync(FarmDbContext db, SegmentProgressed report, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        db.Segments
            .Where(s => s.JobId == report.JobId && s.Index == report.SegmentIndex && s.Attempt == report.Attempt && s.State == WorkState.InFlight)
            .ExecuteUpdateAsync(
                u => u.SetProperty(s => s.LeaseUntil, leaseUntil)
                    .SetProperty(s => s.WorkerId, report.WorkerId)
                    .SetProperty(s => s.Stage, report.Stage)
                    .SetProperty(s => s.Fraction, Math.Clamp(double.IsNaN(report.Fraction) ? 0 : report.Fraction, 0, 1)),
                cancellationToken);

    private static async Task SawAsync(FarmDbContext db, string workerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int known = await db.Workers.Where(w => w.Id == workerId).ExecuteUpdateAsync(u => u.SetProperty(w => w.LastSeenAt, now), cancellationToken);
        if (known == 0)
            db.Add(new WorkerRow { Id = workerId, LastSeenAt = now });
    }
}
