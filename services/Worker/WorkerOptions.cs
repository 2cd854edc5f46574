namespace RenderFarm.Worker;

/// <summary>How this process works. Configuration section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>Name of this machine or pod, unique in the farm; first part of the worker ids.</summary>
    public string Host { get; set; } = Environment.MachineName;

    /// <summary>Segments rendered at once. One keeps two cores busy: one decodes, one encodes.</summary>
    public int Slots { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Segments taken from the queue before a device is free, so that their inputs are there when it is. Worth it where opening a
    /// segment does not compete with the device: 1 on a GPU, 0 on a CPU. What waits here waits for no other worker.
    /// </summary>
    public int PrefetchSegments { get; set; }

    /// <summary>Jobs prepared at once.</summary>
    public int Preparations { get; set; } = 1;

    /// <summary>Where files lie while a segment is rendered; what killed processes left there is removed at start.</summary>
    public string WorkFolder { get; set; } = Path.Combine(Path.GetTempPath(), "renderfarm-worker");

    /// <summary>Least time between two progress messages of a segment.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A segment that makes no progress for this long no longer renews its lease, so that another worker gets it.</summary>
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromMinutes(10);
}
