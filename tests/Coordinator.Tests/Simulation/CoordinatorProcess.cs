using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Configuration;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Progress;
using RenderFarm.Coordinator.Preparing;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Coordinator.Starting;
using RenderFarm.Coordinator.Stitching;
using RenderFarm.Data;
using RenderFarm.Hosting;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>The coordinator with everything that is in memory; dropping it is a crash.</summary>
internal sealed class CoordinatorProcess : IDisposable
{
    private readonly ServiceProvider services;

    public CoordinatorProcess(string database, IMessageBus bus, IObjectStore store, TimeProvider time, bool ownsWorkers, int window)
    {
        ServiceCollection collection = new();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddSingleton(bus).AddSingleton(store).AddSingleton(time);
        collection.AddSingleton<IBackgroundWork>(Background);
        collection.AddCoordinatorCore(o =>
        {
            o.ConnectionString = $"Data Source={database}";
            o.OwnsWorkers = ownsWorkers;
            o.SegmentWindow = window;
            o.TaskWindow = 3;
            o.QueueTime = TimeSpan.FromMinutes(10);
        });
        foreach (Type handler in s_handlers.Values)
            collection.AddSingleton(handler);
        collection.AddSingleton<CoordinatorStart>();
        services = collection.BuildServiceProvider();
    }

    public BackgroundList Background { get; } = new();

    public IJobService Jobs => services.GetRequiredService<IJobService>();

    private static readonly Dictionary<Type, Type> s_handlers = new()
    {
        [typeof(JobPrepared)] = typeof(JobPreparedHandler),
        [typeof(PrepareFailed)] = typeof(PrepareFailedHandler),
        [typeof(SegmentProgressed)] = typeof(SegmentProgressedHandler),
        [typeof(SegmentRendered)] = typeof(SegmentRenderedHandler),
        [typeof(SegmentFailed)] = typeof(SegmentFailedHandler),
        [typeof(SegmentReturned)] = typeof(SegmentReturnedHandler),
        [typeof(AudioEncoded)] = typeof(AudioEncodedHandler),
        [typeof(BorderBlended)] = typeof(BorderBlendedHandler),
        [typeof(VideoMuxed)] = typeof(VideoMuxedHandler),
        [typeof(StitchFailed)] = typeof(StitchFailedHandler),
    };

    public Task StartAsync() => services.GetRequiredService<CoordinatorStart>().StartingAsync(default);

    public static bool IsFact(object message) => s_handlers.ContainsKey(message.GetType());

    public Task HandleAsync(object fact)
    {
        object handler = services.GetRequiredService(s_handlers[fact.GetType()]);
        return (Task)handler.GetType().GetMethod("HandleAsync")!.Invoke(handler, [fact, CancellationToken.None])!;
    }

    public Task RunAsync(WorkItem item) => services.GetRequiredService<WorkRunner>().RunAsync(item, default);

    public Task WriteProgressAsync() => services.GetRequiredService<ProgressWriter>().WriteAsync(default);

    public FarmDbContext OpenDatabase() => services.GetRequiredService<IDbContextFactory<FarmDbContext>>().CreateDbContext();

    public void Dispose() => services.Dispose();
}
