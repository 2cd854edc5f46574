using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Dispatch;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Preparing;
using RenderFarm.Coordinator.Progress;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Coordinator.Starting;
using RenderFarm.Coordinator.Stitching;
using RenderFarm.Coordinator.Storing;
using RenderFarm.Coordinator.Sweeping;
using RenderFarm.Data;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator;

/// <summary>Adds the coordinator to a host that has a bus (<c>AddFarmBus</c>) and an object store (<c>AddObjectStore</c>).</summary>
public static class CoordinatorRegistration
{
    private const string Subscriber = "coordinator";

    /// <summary>Handlers write to one database: a few at once keep it busy, more would queue there.</summary>
    private const int FactsAtOnce = 4;

    public static IServiceCollection AddCoordinator(this IServiceCollection services, Action<CoordinatorOptions>? configure = null)
    {
        services.AddCoordinatorCore(configure);
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<IBackgroundWork>(provider => provider.GetRequiredService<WorkQueue>());
        services.AddHostedService<CoordinatorStart>();
        services.AddHostedService<InProcessScheduler>();
        services.AddHostedService<ProgressLoop>();
        return services.AddCoordinatorHandlers();
    }

    /// <summary>Everything that has no life of its own.</summary>
    internal static IServiceCollection AddCoordinatorCore(this IServiceCollection services, Action<CoordinatorOptions>? configure)
    {
        services.AddOptions<CoordinatorOptions>().BindConfiguration("Coordinator").Configure(o => configure?.Invoke(o))
            .Validate(o => o.ConnectionString.Length > 0, "Coordinator:ConnectionString must name the database.")
            .Validate(o => o.SegmentWindow > 0, "Coordinator:SegmentWindow must be above zero.")
            .Validate(o => o.TaskWindow > 0, "Coordinator:TaskWindow must be above zero.")
            .Validate(o => o.SegmentLength > TimeSpan.Zero, "Coordinator:SegmentLength must be above zero.")
            .Validate(o => o.LeaseDuration >= 4 * o.ProgressInterval, "Coordinator:LeaseDuration must span four times Coordinator:ProgressInterval.")
            .Validate(o => o.SweepInterval > TimeSpan.Zero && o.ProgressInterval > TimeSpan.Zero,
                "Coordinator:SweepInterval and Coordinator:ProgressInterval must be above zero.")
            .ValidateOnStart();
        services.AddFarmDatabase(provider => provider.GetRequiredService<IOptions<CoordinatorOptions>>().Value.ConnectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JobLedger>().AddSingleton<LedgerTrouble>().AddSingleton<JobChanges>();
        services.AddSingleton<Dispatcher>().AddSingleton<WorkClaim>().AddSingleton<Sweeper>();
        services.AddSingleton<JobPlanner>().AddSingleton<ChunkLister>().AddSingleton<ObjectCheck>().AddSingleton<JobCleaner>();
        services.AddSingleton<ProgressBoard>().AddSingleton<ProgressWriter>().AddSingleton<RateMeter>().AddSingleton<SnapshotReader>();
        return services.AddSingleton<WorkRunner>().AddSingleton<IJobService, JobService>();
    }

    private static IServiceCollection AddCoordinatorHandlers(this IServiceCollection services) => services
        .AddEventHandler<JobPrepared, JobPreparedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<PrepareFailed, PrepareFailedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<SegmentProgressed, SegmentProgressedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<SegmentRendered, SegmentRenderedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<SegmentFailed, SegmentFailedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<SegmentReturned, SegmentReturnedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<AudioEncoded, AudioEncodedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<BorderBlended, BorderBlendedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<VideoMuxed, VideoMuxedHandler>(Subscriber, FactsAtOnce)
        .AddEventHandler<StitchFailed, StitchFailedHandler>(Subscriber, FactsAtOnce);
}
