using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RenderFarm.Coordinator;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Farm.State;
using RenderFarm.Hosting;
using RenderFarm.Packs;
using RenderFarm.Stitcher;
using RenderFarm.Storage;
using RenderFarm.Worker;

namespace RenderFarm.Farm.Rendering;

/// <summary>
/// Coordinator, worker and stitcher in this process: bus in memory, ledger in a SQLite file, bytes in a folder, all of it
/// below the folder of one render.
/// </summary>
internal sealed class EmbeddedFarm : IAsyncDisposable
{
    /// <summary>Ctrl-C promises to be done within two seconds.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1.2);

    private readonly IHost host;
    private readonly StreamWriter logFile;
    private readonly string objects;

    private EmbeddedFarm(IHost host, StreamWriter logFile, string objects)
    {
        this.host = host;
        this.logFile = logFile;
        this.objects = objects;
    }

    public IJobService Jobs => host.Services.GetRequiredService<IJobService>();

    /// <summary>Where an object lies on this disk, for programs that need a file.</summary>
    public string PathOf(string key) => Path.Combine(objects, "objects", key);

    public IObjectStore Store => host.Services.GetRequiredService<IObjectStore>();

    public static async Task<EmbeddedFarm> StartAsync(
        JobFolder folder, PackCatalog packs, int workers, bool verbose, CancellationToken cancellationToken)
    {
        StreamWriter logFile = new(folder.Log, append: true);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("MassTransit", LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddProvider(new LineLog(TimeProvider.System, verbose ? [logFile, Console.Error] : [logFile]));
        builder.Services
            .Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit)
            .AddSingleton<IHostLifetime, CallerDecides>()
            .AddSingleton(packs)
            .AddObjectStore(store => store.Folder = folder.Objects)
            .AddFarmBus(bus => bus.StopTime = StopLimit)
            .AddCoordinator(coordinator =>
            {
                coordinator.ConnectionString = $"Data Source={folder.Database}";
                coordinator.OwnsWorkers = true;
                coordinator.SegmentWindow = workers + 1; // the next one is at hand when a slot gets free
            })
            .AddWorker(worker =>
            {
                worker.Host = "worker";
                worker.Slots = workers;
                worker.WorkFolder = folder.Scratch;
            })
            .AddStitcher(stitcher => stitcher.WorkFolder = folder.Scratch);

        EmbeddedFarm farm = new(builder.Build(), logFile, folder.Objects);
        try
        {
            await farm.host.StartAsync(cancellationToken);
            return farm;
        }
        catch
        {
            await farm.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
        await logFile.DisposeAsync();
    }

    /// <summary>The usual lifetime would listen to Ctrl-C itself.</summary>
    private sealed class CallerDecides : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
