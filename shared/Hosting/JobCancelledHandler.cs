using RenderFarm.Contracts;

namespace RenderFarm.Hosting;

/// <summary>Stops what this process does for a cancelled job. A process that does work for jobs adds it as a broadcast handler.</summary>
public sealed class JobCancelledHandler(JobWork work) : IMessageHandler<JobCancelled>
{
    public Task HandleAsync(JobCancelled message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        work.Cancel(message.JobId);
        return Task.CompletedTask;
    }
}
