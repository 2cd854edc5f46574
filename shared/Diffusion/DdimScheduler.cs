namespace RenderFarm.Diffusion;

/// <summary>The steps of a deterministic run (DDIM, η = 0, v-prediction, trailing timesteps, zero terminal SNR) as EchoMimic v2 takes them.</summary>
/// <remarks>
/// Timesteps are round(1000 · (N − k) / N) − 1, ties to even. A step ends 1000 div N earlier, which is not the next timestep when N does
/// not divide 1000: with six steps the last one ends at timestep 0, not at the clean latent. That is the official behaviour, kept.
/// </remarks>
public sealed class DdimScheduler
{
    /// <param name="stepCount">Denoising steps, 1 to 1000.</param>
    public DdimScheduler(int stepCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepCount, ZeroSnrSchedule.TimestepCount);
        Steps = [.. Enumerable.Range(0, stepCount).Select(k => Step(stepCount, k))];
    }

    /// <summary>In the order in which they are taken, noise first.</summary>
    public IReadOnlyList<DdimStep> Steps { get; }

    private static DdimStep Step(int stepCount, int index)
    {
        decimal exact = (decimal)ZeroSnrSchedule.TimestepCount * (stepCount - index) / stepCount;
        int timestep = (int)Math.Round(exact, MidpointRounding.ToEven) - 1;
        int previous = timestep - (ZeroSnrSchedule.TimestepCount / stepCount);
        return new(timestep, previous, AlphaBar(timestep), AlphaBar(previous));
    }

    private static double AlphaBar(int timestep) => timestep < 0 ? 1 : ZeroSnrSchedule.AlphaBars[timestep];
}
