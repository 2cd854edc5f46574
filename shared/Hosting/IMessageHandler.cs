namespace RenderFarm.Hosting;

/// <summary>
/// Handles one kind of message. Created per delivery from a scope of its own; singletons are allowed too. A message may be
/// delivered more than once, late and out of order. Returning means done; <see cref="Failures.TransientException"/> is
/// retried a few times with back-off; any other exception is logged and moves the message to the error queue.
/// </summary>
public interface IMessageHandler<in TMessage>
    where TMessage : class
{
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancelled when the process drains; the message is then delivered again, perhaps elsewhere.</param>
    Task HandleAsync(TMessage message, CancellationToken cancellationToken);
}
