using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RenderFarm.Coordinator;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Hosting;
using RenderFarm.Packs;
using RenderFarm.Stitcher;
using RenderFarm.Storage;
using RenderFarm.Worker;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>The three services in this process, composed as the command line does it, with packs of the test's choice.</summary>
internal sealed class ComposedFarm : IAsyncDisposable
{
    private readonly IHost _host;

    private ComposedFarm(IHost host) => _host = host;

    public IJobService Jobs => _host.Services.GetRequiredService<IJobService>();

    public IObjectStore Store => _host.Services.GetRequiredService<IObjectStore>();

    public static async Task<ComposedFarm> StartAsync(string folder, PackCatalog packs, int workers)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services
            .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5))
            .AddSingleton(packs)
            .AddObjectStore(store => store.Folder = Path.Combine(folder, "store"))
            .AddFarmBus(bus => bus.StopTime = TimeSpan.FromSeconds(2))
            .AddCoordinator(coordinator =>
            {
                coordinator.ConnectionString = $"Data Source={Path.Combine(folder, "state.db")}";
                coordinator.OwnsWorkers = true;
                coordinator.SegmentWindow = workers + 1;
            })
            .AddWorker(worker =>
            {
                worker.Slots = workers;
                worker.WorkFolder = Path.Combine(folder, "work");
            })
            .AddStitcher(stitcher => stitcher.WorkFolder = Path.Combine(folder, "work"));
        ComposedFarm farm = new(builder.Build());
        await farm._host.StartAsync();
        return farm;
    }

    /// <summary>Stores the inputs, submits, waits for the end.</summary>
    public async Task<JobSnapshot> RenderAsync(JobRequest request, string portrait, string audio)
    {
        await Store.PutFileAsync(request.PortraitKey, portrait, default);
        await Store.PutFileAsync(request.AudioKey, audio, default);
        await Jobs.SubmitAsync(request, default);
        JobSnapshot? last = null;
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(10));
        await foreach (JobSnapshot snapshot in Jobs.WatchAsync(request.JobId, patience.Token))
            last = snapshot;
        return last!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
