using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>A worker at work.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="SegmentIndex">The segment it renders.</param>
/// <param name="Stage">What it is doing.</param>
/// <param name="Fraction">Share of the segment that is done, 0 to 1.</param>
public sealed record WorkerActivity(string WorkerId, int SegmentIndex, SegmentStage Stage, double Fraction);
