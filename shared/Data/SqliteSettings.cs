using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RenderFarm.Data;

/// <summary>
/// Settings SQLite wants per connection. WAL lets readers go on beside the writer. NORMAL syncs at checkpoints: a killed
/// process loses nothing, a power cut may lose the last moments, and lost moments are rendered again.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = Pragmas(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using DbCommand command = Pragmas(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Pragmas(DbConnection connection)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        return command;
    }
}
