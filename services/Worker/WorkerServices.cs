using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Hosting;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.Worker.Devices;
using RenderFarm.Worker.Preparation;
using RenderFarm.Worker.Segments;

namespace RenderFarm.Worker;

/// <summary>Adds a worker to a host. The host brings the bus, an <see cref="Storage.IObjectStore"/> and the packs.</summary>
public static class WorkerServices
{
    internal const string Name = "worker";

    /// <summary>Handles <see cref="PrepareJob"/> and <see cref="RenderSegment"/>, and stops work on <see cref="JobCancelled"/>.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        services.AddOptions<WorkerOptions>().BindConfiguration("Worker").Configure(o => configure?.Invoke(o))
            .Validate(o => o.Host.Length > 0, "Worker:Host must name this machine.")
            .Validate(o => o.Slots is >= 1 and <= 256, "Worker:Slots must be 1 to 256.")
            .Validate(o => o.PrefetchSegments is >= 0 and <= 4, "Worker:PrefetchSegments must be 0 to 4.")
            .Validate(o => o.Preparations is >= 1 and <= 16, "Worker:Preparations must be 1 to 16.")
            .Validate(o => o.WorkFolder.Length > 0, "Worker:WorkFolder must name a folder.")
            .Validate(o => o.ProgressInterval > TimeSpan.Zero && o.ProgressInterval <= TimeSpan.FromSeconds(1), "Worker:ProgressInterval must be above zero and at most a second.")
            .Validate(o => o.StallLimit > TimeSpan.Zero, "Worker:StallLimit must be above zero.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(MediaTools.FromPath);
        services.TryAddSingleton<JobWork>();
        services.TryAddSingleton<PackCatalog>();
        services.AddKeyedSingleton(Name, (provider, _) => ScratchSpace.Open(Options(provider).WorkFolder));
        services.AddSingleton(provider => new DeviceSlots(Options(provider).Host, "cpu", Options(provider).Slots));
        services.AddSingleton<StageShares>().AddSingleton<SegmentOpener>().AddSingleton<SegmentResults>().AddSingleton<SegmentRendering>();
        services.AddSingleton<SoundPreparation>().AddSingleton<JobPreparation>();
        services.AddHostedService<WorkerStart>();

        services.AddCommandHandler<PrepareJob, PrepareJobHandler>(provider => Options(provider).Preparations);
        services.AddCommandHandler<RenderSegment, RenderSegmentHandler>(provider => Options(provider).Slots + Options(provider).PrefetchSegments);
        return services.AddBroadcastHandler<JobCancelled, JobCancelledHandler>(Name);
    }

    private static WorkerOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<WorkerOptions>>().Value;
}
