namespace RenderFarm.Coordinator.Background;

/// <summary>Something for the background. Plain data, so that any scheduler can store it.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="JobId">For which job; empty for work on all.</param>
/// <param name="Index">For which part of the job, where the kind says so.</param>
public readonly record struct WorkItem(WorkKind Kind, Guid JobId = default, int Index = 0);
