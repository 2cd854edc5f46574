namespace RenderFarm.Coordinator;

/// <summary>Configuration section <c>Coordinator</c>.</summary>
public sealed class CoordinatorOptions
{
    /// <summary>The database, for example <c>Data Source=state.db</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// True where the workers live and die with this process (embedded): what was in flight when it died is sent again at
    /// once, and only workers seen since the start count.
    /// </summary>
    public bool OwnsWorkers { get; set; }

    /// <summary>Most segments of all jobs on the queue or being rendered. A little more than there are workers keeps all busy.</summary>
    public int SegmentWindow { get; set; } = 8;

    /// <summary>Most tasks of one kind (prepare, encode audio, blend, mux) on the queue or being done.</summary>
    public int TaskWindow { get; set; } = 8;

    /// <summary>Nominal length of a segment where the job does not say.</summary>
    public TimeSpan SegmentLength { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Until this much of a job is rendered, its share of the farm is doubled: the beginning can be watched early.</summary>
    public TimeSpan OpeningLength { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>A worker that reports nothing for this long has lost its segment.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a command may wait on the queue, nobody being at work, before it counts as lost: longer than it takes to start a worker.</summary>
    public TimeSpan QueueTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a task may take that cannot report progress, besides <see cref="TaskTimePerVideoTime"/>.</summary>
    public TimeSpan TaskTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Added to <see cref="TaskTime"/> for every second of the video, in seconds.</summary>
    public double TaskTimePerVideoTime { get; set; } = 0.5;

    /// <summary>How often leases are checked and what is missing is sent again.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often progress reports are written down together; also renews leases.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>First wait after the surroundings failed; doubles each time.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a worker counts as present after it was last heard of.</summary>
    public TimeSpan WorkerMemory { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After a job has ended, objects that late workers still store are deleted once more after this time.</summary>
    public TimeSpan LingerTime { get; set; } = TimeSpan.FromMinutes(5);
}
