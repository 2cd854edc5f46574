using RenderFarm.Failures;
using RenderFarm.Hosting;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>Messages on their way, in no order. The simulation decides which arrive, when and how often.</summary>
internal sealed class Network : IMessageBus
{
    public List<object> OnTheWay { get; } = [];

    /// <summary>Asked before each message of the coordinator: null lets it pass, otherwise this happens.</summary>
    public Func<object, Exception?> Interfere { get; set; } = _ => null;

    public Task SendAsync<TCommand>(TCommand command, CancellationToken cancellationToken)
        where TCommand : class => Take(command);

    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellationToken)
        where TEvent : class => Take(message);

    private Task Take(object message)
    {
        if (Interfere(message) is Exception e)
        {
            // A crash may come just after the broker has the message; a refusal never does.
            if (e is SimulatedCrashException && message.GetHashCode() % 2 == 0)
                OnTheWay.Add(message);
            return Task.FromException(e is SimulatedCrashException ? e : new TransientException("The broker is away."));
        }

        OnTheWay.Add(message);
        return Task.CompletedTask;
    }
}
