namespace RenderFarm.Coordinator.Progress;

/// <summary>How many frames were done at one moment.</summary>
public readonly record struct RateSample(DateTimeOffset At, double FramesDone);
