using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RenderFarm.Data.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrations_make_the_schema_that_the_model_describes()
    {
        using TestDatabase migrated = await TestDatabase.CreateAsync();
        using TestDatabase created = new();
        await using (FarmDbContext db = created.CreateDbContext())
            await db.Database.EnsureCreatedAsync();

        Assert.Equal(await DescribeAsync(created), await DescribeAsync(migrated));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        await database.AddAsync(TestDatabase.AJob());
        await new DatabaseSetup(database).MigrateAsync(default);
        await using FarmDbContext db = database.CreateDbContext();
        Assert.Equal(1, await db.Jobs.CountAsync());
    }

    [Fact]
    public async Task Several_processes_may_start_at_once()
    {
        using TestDatabase database = new();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new DatabaseSetup(database).MigrateAsync(default))));
        await using FarmDbContext db = database.CreateDbContext();
        Assert.Equal(["20260101000000_Initial"], await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task A_process_killed_while_migrating_stands_in_nobodys_way()
    {
        using TestDatabase database = new();
        await using (SqliteConnection killed = new(database.ConnectionString))
        {
            await killed.OpenAsync();
            await using DbTransaction transaction = await killed.BeginTransactionAsync();
            await using SqliteCommand command = killed.CreateCommand();
            command.CommandText = "CREATE TABLE Jobs (Id TEXT); CREATE TABLE __EFMigrationsLock (Id INTEGER);";
            await command.ExecuteNonQueryAsync();
        }

        await new DatabaseSetup(database).MigrateAsync(default);

        await database.AddAsync(TestDatabase.AJob());
    }

    [Fact]
    public async Task Readers_are_not_stopped_by_a_writer()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        await database.AddAsync(TestDatabase.AJob());
        await using FarmDbContext writer = database.CreateDbContext();
        await using var transaction = await writer.Database.BeginTransactionAsync();
        await writer.Jobs.ExecuteUpdateAsync(u => u.SetProperty(j => j.Title, "New"));

        await using FarmDbContext reader = database.CreateDbContext();
        Assert.Equal("Lecture", (await reader.Jobs.SingleAsync()).Title);
    }

    /// <summary>Every table's columns with type and nullability, and every index, as SQLite sees them.</summary>
    private static async Task<List<string>> DescribeAsync(TestDatabase database)
    {
        await using FarmDbContext db = database.CreateDbContext();
        string[] tables = [.. db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Order()];
        List<string> lines = [];
        foreach (string table in tables)
        {
            lines.AddRange((await QueryAsync(db, $"SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info('{table}') ORDER BY 1"))
                .Select(column => $"{table}.{column}"));
            lines.AddRange((await QueryAsync(db, $"SELECT \"table\" || ' ' || \"from\" || ' ' || on_delete FROM pragma_foreign_key_list('{table}') ORDER BY 1"))
                .Select(key => $"{table} -> {key}"));
        }

        lines.AddRange(await QueryAsync(db, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE '\\_\\_EF%' ESCAPE '\\' ORDER BY sql"));
        return lines;
    }

    private static async Task<List<string>> QueryAsync(FarmDbContext db, string sql) => await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
}
