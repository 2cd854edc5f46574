namespace RenderFarm.Coordinator.Segments;

/// <summary>What follows from a failure.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Delay">For a retry: how long to wait first.</param>
public readonly record struct FailureVerdict(FailureAction Action, TimeSpan Delay = default);
