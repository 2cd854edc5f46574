namespace RenderFarm.Coordinator.Jobs;

/// <summary>Time until the job is done: the expected value and the interval it falls in nine times of ten, as far as the last minute can tell.</summary>
public readonly record struct TimeLeft(TimeSpan Expected, TimeSpan AtLeast, TimeSpan AtMost);
