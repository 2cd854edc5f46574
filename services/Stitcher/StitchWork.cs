using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Hosting;

namespace RenderFarm.Stitcher;

/// <summary>
/// What the three tasks share: one at a time per output, stopped with the job, in a folder of its own, failures told in a sentence.
/// A stopping process leaves the command to the bus, which delivers it again.
/// </summary>
internal sealed partial class StitchWork(
    JobWork jobs, IMessageBus bus, [FromKeyedServices(StitcherServices.Name)] ScratchSpace scratch, ILogger<StitchWork> log)
{
    /// <param name="outputKey">What the task writes; a second delivery waits for the first.</param>
    /// <param name="work">Gets an empty folder that is deleted afterwards; returns the event to publish.</param>
    public async Task RunAsync<TEvent>(
        StitchIdentity task, string outputKey, Func<ScratchFolder, CancellationToken, Task<TEvent>> work, CancellationToken cancellationToken)
        where TEvent : class
    {
        try
        {
            await jobs.RunAsync(task.JobId, outputKey, token => RunAsync(task, work, token), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            WorkFailure failure = WorkFailure.Of(e, whenPermanent: FailureKind.Rendering);
            if (failure.IsBug)
                TaskHitABug(log, e, task.Task, task.Index, task.JobId);
            else
                TaskHasFailed(log, task.Task, task.Index, task.JobId, failure.Sentence);
            await bus.PublishAsync(task.Failed(failure), cancellationToken);
        }
    }

    private async Task RunAsync<TEvent>(
        StitchIdentity task, Func<ScratchFolder, CancellationToken, Task<TEvent>> work, CancellationToken cancellationToken)
        where TEvent : class
    {
        TEvent done;
        using (ScratchFolder folder = scratch.CreateFolder())
            done = await work(folder, cancellationToken);
        await bus.PublishAsync(done, cancellationToken);
        TaskIsDone(log, task.Task, task.Index, task.JobId);
    }

    [LoggerMessage(LogLevel.Information, "Did {Task} {Index} of {JobId}")]
    private static partial void TaskIsDone(ILogger log, StitchTask task, int index, Guid jobId);

    [LoggerMessage(LogLevel.Warning, "{Task} {Index} of {JobId} failed: {Sentence}")]
    private static partial void TaskHasFailed(ILogger log, StitchTask task, int index, Guid jobId, string sentence);

    [LoggerMessage(LogLevel.Error, "{Task} {Index} of {JobId} met an unexpected error")]
    private static partial void TaskHitABug(ILogger log, Exception exception, StitchTask task, int index, Guid jobId);
}
