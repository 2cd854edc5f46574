using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RenderFarm.Data;

/// <summary>Brings the database to the current schema. Safe when several processes start at once, and when one is killed half-way.</summary>
public sealed class DatabaseSetup(IDbContextFactory<FarmDbContext> contexts)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // EF's own lock on SQLite is a row, which a killed process leaves behind for ever. A transaction is no such thing:
        // it holds SQLite's write lock, and schema changes roll back like any others.
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        IHistoryRepository history = db.GetService<IHistoryRepository>();
        IReadOnlyList<HistoryRow> applied = await history.ExistsAsync(cancellationToken)
            ? await history.GetAppliedMigrationsAsync(cancellationToken)
            : [];
        string? last = applied is [.., HistoryRow row] ? row.MigrationId : null;
        string script = db.GetService<IMigrator>()
            .GenerateScript(last, toMigration: null, MigrationsSqlGenerationOptions.NoTransactions);
        if (script.Length > 0)
            await db.Database.ExecuteSqlRawAsync(script, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
