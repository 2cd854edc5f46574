using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Failures;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Ledger;

/// <summary>Changes one job at a time: lock, read, decide, save; then tell the others.</summary>
public sealed partial class JobLedger(
    IDbContextFactory<FarmDbContext> contexts, WriteGate gate, IMessageBus bus, IBackgroundWork background, JobChanges changes, LedgerTrouble trouble,
    TimeProvider time, ILogger<JobLedger> log)
{
    private const int Tries = 5;
    private const int SqliteDiskFull = 13;

    /// <summary>Runs the change in a transaction that has the job to itself; it may run more than once. Nothing happens if there is no such job.</summary>
    /// <returns>False when there is no such job.</returns>
    public async Task<bool> ChangeAsync(Guid jobId, Func<JobEntry, Task> change, CancellationToken cancellationToken)
    {
        JobEntry? entry = await TryRepeatedlyAsync(() => CommitAsync(jobId, change, cancellationToken));
        if (entry is null)
            return false;
        trouble.Set(null);
        changes.Notify(jobId);
        foreach (WorkItem item in entry.Work)
            background.Enqueue(item);
        foreach (Func<IMessageBus, CancellationToken, Task> send in entry.Messages)
            await SendAsync(jobId, send, cancellationToken);
        return true;
    }

    public Task<bool> ChangeAsync(Guid jobId, Action<JobEntry> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            jobId,
            entry =>
            {
                change(entry);
                return Task.CompletedTask;
            },
            cancellationToken);

    private async Task<JobEntry?> CommitAsync(Guid jobId, Func<JobEntry, Task> change, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Writing first takes the lock on the row (on SQLite: on the file), so what is read below stays true until the commit.
        int found = await db.Jobs.Where(j => j.Id == jobId)
            .ExecuteUpdateAsync(u => u.SetProperty(j => j.Revision, j => j.Revision + 1), cancellationToken);
        if (found == 0)
            return null;
        JobRow job = await db.Jobs.SingleAsync(j => j.Id == jobId, cancellationToken);
        JobEntry entry = new(db, job, time.GetUtcNow());
        await change(entry);
        await entry.SettleAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return entry;
    }

    private async Task<T> TryRepeatedlyAsync<T>(Func<Task<T>> work)
    {
        for (int left = Tries - 1; ; left--)
        {
            try
            {
                return await work();
            }
            catch (DbUpdateConcurrencyException) when (left > 0)
            {
                // A progress report came between; read again.
            }
            catch (Exception e) when (e is DbUpdateException or DbException)
            {
                throw Translate(e);
            }
        }
    }

    /// <summary>Says whether a failure of the database may pass or needs a person.</summary>
    internal Exception Translate(Exception failure)
    {
        bool isFull = (failure as SqliteException ?? failure.InnerException) is SqliteException { SqliteErrorCode: SqliteDiskFull };
        if (!isFull)
            return new TransientException($"The database could not be used: {failure.Message}", failure);
        PermanentException full = new("The disk that holds the farm's database is full; free some space and start again.", failure);
        trouble.Set(full);
        return full;
    }

    /// <summary>What cannot be said now is found missing by the sweep.</summary>
    private async Task SendAsync(Guid jobId, Func<IMessageBus, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await send(bus, cancellationToken);
        }
        catch (TransientException e)
        {
            NotSent(log, jobId, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A message about {JobId} could not be sent: {Reason}")]
    private static partial void NotSent(ILogger log, Guid jobId, string reason);
}
