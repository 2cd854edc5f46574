using RenderFarm.Hosting;

namespace RenderFarm.FarmTestSupport;

/// <summary>Passes everything on to the real bus and notes the events, also those that nobody is left to receive.</summary>
internal sealed class RecordingBus(IMessageBus bus, EventLog log) : IMessageBus
{
    public Task SendAsync<TCommand>(TCommand command, CancellationToken cancellationToken)
        where TCommand : class => bus.SendAsync(command, cancellationToken);

    public async Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellationToken)
        where TEvent : class
    {
        await bus.PublishAsync(message, cancellationToken);
        log.Add(message);
    }
}
