namespace RenderFarm.Hosting;

/// <summary>
/// What this process is doing for which job. Makes a second delivery of the same command wait for the first, and lets
/// <see cref="Contracts.JobCancelled"/> stop everything that is done for a job.
/// </summary>
public sealed class JobWork(TimeProvider time)
{
    /// <summary>
    /// Commands of a cancelled job may still sit in the queue behind the cancellation. They are dropped for this long; a job that
    /// is resumed within that time loses no more than the lease of a dropped command.
    /// </summary>
    private static readonly TimeSpan CancellationMemory = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Job> jobs = [];
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, long> cancelledAt = [];

    /// <summary>Runs the work unless the job was cancelled; only one work of a key runs at a time, the others wait.</summary>
    /// <param name="key">What must not run twice at once, for example the prefix the work writes to.</param>
    /// <param name="work">Gets a token that is also cancelled with the job.</param>
    /// <returns>False when the job is cancelled: then nothing is to be reported, whatever the work threw.</returns>
    public async Task<bool> RunAsync(Guid jobId, string key, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(work);
        if (Enter(jobId) is not { } job)
            return false;
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation.Token, cancellationToken);
            await InTurnAsync(key, work, either.Token);
            return true;
        }
        catch (Exception) when (job.Cancellation.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false; // Work that is being torn down may fail in any way; nobody waits for it any more.
        }
        finally
        {
            Leave(jobId, job);
        }
    }

    /// <summary>Stops what is running for the job, and drops what still arrives for it for a while.</summary>
    public void Cancel(Guid jobId)
    {
        Job? running;
        lock (gate)
        {
            ForgetOldCancellations();
            cancelledAt[jobId] = time.GetTimestamp();
            running = jobs.GetValueOrDefault(jobId);
            if (running is not null)
                running.Users++; // keeps it alive until it is cancelled
        }

        if (running is null)
            return;
        running.Cancellation.Cancel();
        Leave(jobId, running);
    }

    private async Task InTurnAsync(string key, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (gate)
        {
            if (!turns.TryGetValue(key, out turn!))
                turns.Add(key, turn = new());
            turn.Users++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            try
            {
                await work(cancellationToken);
            }
            finally
            {
                turn.Free.Release();
            }
        }
        finally
        {
            lock (gate)
            {
                if (--turn.Users == 0)
                {
                    turns.Remove(key);
                    turn.Free.Dispose();
                }
            }
        }
    }

    private Job? Enter(Guid jobId)
    {
        lock (gate)
        {
            ForgetOldCancellations();
            if (cancelledAt.ContainsKey(jobId))
                return null;
            if (!jobs.TryGetValue(jobId, out Job? job))
                jobs.Add(jobId, job = new());
            job.Users++;
            return job;
        }
    }

    private void Leave(Guid jobId, Job job)
    {
        lock (gate)
        {
            if (--job.Users > 0)
                return;
            jobs.Remove(jobId);
            job.Cancellation.Dispose();
        }
    }

    private void ForgetOldCancellations()
    {
        foreach ((Guid jobId, long at) in cancelledAt)
        {
            if (time.GetElapsedTime(at) >= CancellationMemory)
                cancelledAt.Remove(jobId);
        }
    }

    private sealed class Job
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public int Users { get; set; }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
