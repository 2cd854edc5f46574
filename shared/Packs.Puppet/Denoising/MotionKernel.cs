namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>Covariance in time of what a motion parameter does beyond its mean: Matérn with ν = 3/2.</summary>
/// <remarks>
/// k(d) = σ²·(1 + √3·d/ℓ)·exp(−√3·d/ℓ), Rasmussen and Williams 2006, eq. 4.17: paths with a continuous speed, which is what makes
/// a wandering head look alive rather than shaken.
/// </remarks>
/// <param name="Sigma">Standard deviation, in the parameter's unit; 0 for a parameter that follows its mean exactly.</param>
/// <param name="LengthSeconds">Time over which the deviation forgets itself.</param>
internal readonly record struct MotionKernel(double Sigma, double LengthSeconds)
{
    public double At(double seconds)
    {
        double d = Math.Sqrt(3) * Math.Abs(seconds) / LengthSeconds;
        return Sigma * Sigma * (1 + d) * Math.Exp(-d);
    }
}
