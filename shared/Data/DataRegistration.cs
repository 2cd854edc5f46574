using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RenderFarm.Data;

/// <summary>Adds the ledger to a host.</summary>
public static class DataRegistration
{
    /// <summary>Adds a factory of <see cref="FarmDbContext"/>, <see cref="DatabaseSetup"/> and <see cref="WriteGate"/>.</summary>
    /// <param name="connectionString">For example <c>Data Source=/var/lib/renderfarm/state.db</c>.</param>
    public static IServiceCollection AddFarmDatabase(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddPooledDbContextFactory<FarmDbContext>((provider, options) => options.UseFarmSqlite(connectionString(provider)));
        return services.AddSingleton<DatabaseSetup>().AddSingleton<WriteGate>();
    }

    public static DbContextOptionsBuilder UseFarmSqlite(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString).AddInterceptors(new SqliteSettings());
}
