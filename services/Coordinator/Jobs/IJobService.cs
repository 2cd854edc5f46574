namespace RenderFarm.Coordinator.Jobs;

/// <summary>What people do with jobs; the CLI and the HTTP API are built on this.</summary>
public interface IJobService
{
    /// <summary>
    /// Accepts a job whose inputs are already in the store. The sender picks the id: submitting an id again changes
    /// nothing and returns the job as it is, so that a lost answer can simply be asked for again.
    /// </summary>
    /// <exception cref="Failures.PermanentException">The request makes no sense; the sentence says why.</exception>
    Task<JobSnapshot> SubmitAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>The job as it is now, or null.</summary>
    Task<JobSnapshot?> GetAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>The job now and after every change, at most ten times and at least (while something changes) once a second; ends with the job.</summary>
    /// <exception cref="Failures.PermanentException">There is no such job.</exception>
    IAsyncEnumerable<JobSnapshot> WatchAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Stops the job: nothing more is dispatched, workers are told, intermediate objects are deleted. No effect on an ended job.</summary>
    /// <exception cref="Failures.PermanentException">There is no such job.</exception>
    Task CancelAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Tries again what failed for good, and only that. No effect on a job that is going on, is complete or is cancelled.</summary>
    /// <exception cref="Failures.PermanentException">There is no such job.</exception>
    Task RetryFailedAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Cancels the job if need be and forgets it with every object it had, the video included. No effect when there is no such job.</summary>
    Task DeleteAsync(Guid jobId, CancellationToken cancellationToken);
}
