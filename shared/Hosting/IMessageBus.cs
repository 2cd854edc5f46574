namespace RenderFarm.Hosting;

/// <summary>The way out: all that services see of the bus when they speak.</summary>
public interface IMessageBus
{
    /// <summary>Sends a command to the queue that its kind of command has; exactly one handler takes it.</summary>
    /// <exception cref="Failures.TransientException">The bus cannot take it now.</exception>
    Task SendAsync<TCommand>(TCommand command, CancellationToken cancellationToken)
        where TCommand : class;

    /// <summary>Publishes an event to everyone who subscribed.</summary>
    /// <exception cref="Failures.TransientException">The bus cannot take it now.</exception>
    Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellationToken)
        where TEvent : class;
}
