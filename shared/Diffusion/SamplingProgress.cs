namespace RenderFarm.Diffusion;

/// <summary>How far a sampling run is, reported after every network evaluation.</summary>
/// <param name="StepIndex">The denoising step at work, from 0.</param>
/// <param name="StepCount">Steps in all.</param>
/// <param name="EvaluationsDone">Windows evaluated so far, over all steps.</param>
/// <param name="EvaluationCount">Windows in all.</param>
public readonly record struct SamplingProgress(int StepIndex, int StepCount, long EvaluationsDone, long EvaluationCount)
{
    /// <summary>Share of the evaluations that is done, above 0 to 1.</summary>
    public double Fraction => (double)EvaluationsDone / EvaluationCount;
}
