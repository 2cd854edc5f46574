using MassTransit;
using RenderFarm.Failures;

namespace RenderFarm.Hosting;

internal sealed class MassTransitBus(IBus bus) : IMessageBus
{
    public Task SendAsync<TCommand>(TCommand command, CancellationToken cancellationToken)
        where TCommand : class =>
        TranslateAsync(async () =>
        {
            ISendEndpoint endpoint = await bus.GetSendEndpoint(new Uri($"queue:{QueueName.ForCommand<TCommand>()}"));
            await endpoint.Send(command, cancellationToken);
        });

    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellationToken)
        where TEvent : class =>
        TranslateAsync(() => bus.Publish(message, cancellationToken));

    private static async Task TranslateAsync(Func<Task> speak)
    {
        try
        {
            await speak();
        }
        catch (MassTransitException e)
        {
            throw new TransientException($"The message bus did not take a message: {e.Message}", e);
        }
    }
}
