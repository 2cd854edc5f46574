using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>What one denoising step of a dependency cone reads and writes.</summary>
/// <param name="Step">Index of the step, from 0.</param>
/// <param name="Input">Frames its windows read, unrolled on a ring.</param>
/// <param name="Output">Frames that have to come out of it, unrolled on a ring; the next step's input.</param>
/// <param name="WindowCount">Network evaluations.</param>
public readonly record struct ConeStep(int Step, FrameRange Input, FrameRange Output, long WindowCount);
