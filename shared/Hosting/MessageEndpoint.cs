using MassTransit;

namespace RenderFarm.Hosting;

/// <summary>One queue this process reads, as a service declared it; the bus is built from all of them.</summary>
internal sealed record MessageEndpoint
{
    public required string Queue { get; init; }

    /// <summary>True: the queue belongs to this process alone and vanishes with it.</summary>
    public required bool Temporary { get; init; }

    /// <summary>Commands come by <c>Send</c> to the queue; only events subscribe it to their kind.</summary>
    public required bool Subscribes { get; init; }

    public required Func<IServiceProvider, int> Concurrency { get; init; }

    public required Action<IReceiveEndpointConfigurator, IServiceProvider> AddHandler { get; init; }
}
