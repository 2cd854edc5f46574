using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RenderFarm.Failures;

namespace RenderFarm.Hosting;

/// <summary>Joins a process to the bus. Services declare what they handle; the host adds the bus once, in any order.</summary>
public static class FarmBusRegistration
{
    /// <summary>Handles a command. Everyone who declares the same command shares one queue, in this process and in others.</summary>
    public static IServiceCollection AddCommandHandler<TCommand, THandler>(this IServiceCollection services, int concurrency)
        where TCommand : class
        where THandler : class, IMessageHandler<TCommand> =>
        services.AddCommandHandler<TCommand, THandler>(_ => concurrency);

    /// <inheritdoc cref="AddCommandHandler{TCommand, THandler}(IServiceCollection, int)"/>
    /// <param name="concurrency">Most messages handled at once by this process, for example its number of devices.</param>
    public static IServiceCollection AddCommandHandler<TCommand, THandler>(
        this IServiceCollection services, Func<IServiceProvider, int> concurrency)
        where TCommand : class
        where THandler : class, IMessageHandler<TCommand> =>
        services.AddEndpoint<TCommand, THandler>(new()
        {
            Queue = QueueName.ForCommand<TCommand>(),
            Temporary = false,
            Subscribes = false,
            Concurrency = concurrency,
            AddHandler = Deliver<TCommand, THandler>,
        });

    /// <summary>Handles an event once per service: processes with the same subscriber name share the events among them.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services, string subscriber, int concurrency)
        where TEvent : class
        where THandler : class, IMessageHandler<TEvent> =>
        services.AddEndpoint<TEvent, THandler>(new()
        {
            Queue = QueueName.ForEvent<TEvent>(subscriber),
            Temporary = false,
            Subscribes = true,
            Concurrency = _ => concurrency,
            AddHandler = Deliver<TEvent, THandler>,
        });

    /// <summary>Handles an event in every process that declares it, for example to stop work on a cancelled job.</summary>
    public static IServiceCollection AddBroadcastHandler<TEvent, THandler>(this IServiceCollection services, string subscriber)
        where TEvent : class
        where THandler : class, IMessageHandler<TEvent> =>
        services.AddEndpoint<TEvent, THandler>(new()
        {
            Queue = QueueName.ForBroadcast<TEvent>(subscriber, Guid.NewGuid().ToString("N")),
            Temporary = true,
            Subscribes = true,
            Concurrency = _ => 1,
            AddHandler = Deliver<TEvent, THandler>,
        });

    /// <summary>Adds the bus and <see cref="IMessageBus"/>; it starts and stops with the host.</summary>
    public static IServiceCollection AddFarmBus(this IServiceCollection services, Action<FarmBusOptions>? configure = null)
    {
        services.AddOptions<FarmBusOptions>().BindConfiguration("Bus").Configure(o => configure?.Invoke(o))
            .Validate(o => o.DrainTime >= TimeSpan.Zero, "Bus:DrainTime must not be negative.")
            .Validate(o => o.StopTime > TimeSpan.Zero, "Bus:StopTime must be above zero.")
            .ValidateOnStart();
        services.AddOptions<MassTransitHostOptions>().Configure<IOptions<FarmBusOptions>>((host, bus) =>
        {
            host.WaitUntilStarted = true; // a host that has started can be spoken to
            host.ConsumerStopTimeout = bus.Value.DrainTime;
            host.StopTimeout = bus.Value.DrainTime + bus.Value.StopTime;
        });
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry(); // nobody's lecture is anybody else's business
            x.UsingInMemory((context, bus) =>
            {
                FarmBusOptions options = context.GetRequiredService<IOptions<FarmBusOptions>>().Value;
                foreach (MessageEndpoint endpoint in context.GetServices<MessageEndpoint>())
                    bus.ReceiveEndpoint(endpoint.Queue, e => Configure(e, endpoint, options, context));
            });
        });
        services.TryAddSingleton<DrainToken>();
        services.TryAddSingleton<IMessageBus, MassTransitBus>();
        return services;
    }

    private static void Configure(
        IReceiveEndpointConfigurator e, MessageEndpoint endpoint, FarmBusOptions options, IServiceProvider services)
    {
        int concurrency = endpoint.Concurrency(services);
        e.ConfigureConsumeTopology = endpoint.Subscribes;
        e.PrefetchCount = concurrency;
        e.ConcurrentMessageLimit = concurrency;
        e.UseMessageRetry(retry =>
        {
            retry.Handle<TransientException>();
            retry.Intervals([.. options.RetryDelays]);
        });
        // Nobody can look into an error queue that lives in this process's memory; the exception is in the log.
        e.DiscardFaultedMessages();
        endpoint.AddHandler(e, services);
    }

    private static void Deliver<TMessage, THandler>(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage> =>
        endpoint.Handler<TMessage>(async delivery =>
        {
            CancellationToken drained = services.GetRequiredService<DrainToken>().Token;
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(delivery.CancellationToken, drained);
            try
            {
                stop.Token.ThrowIfCancellationRequested();
                await using AsyncServiceScope scope = services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(delivery.Message, stop.Token);
            }
            catch (OperationCanceledException) when (drained.IsCancellationRequested)
            {
                // In memory there is no queue left to give the message back to. A broker's transport must rethrow here.
            }
        });

    private static IServiceCollection AddEndpoint<TMessage, THandler>(this IServiceCollection services, MessageEndpoint endpoint)
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(endpoint);
    }
}
