using System.Numerics.Tensors;

namespace RenderFarm.Diffusion;

/// <summary>One deterministic denoising step, x(t) → x(p), from a predicted velocity.</summary>
/// <param name="Timestep">t, the training timestep the network is told.</param>
/// <param name="PreviousTimestep">p, the timestep the step ends at; below 0 for the clean latent.</param>
/// <param name="AlphaBar">ᾱ(t), 0 to 1.</param>
/// <param name="PreviousAlphaBar">ᾱ(p), 0 to 1.</param>
/// <remarks>
/// Song et al. 2020, arXiv:2010.02502, eq. 12 with σ = 0; velocity after Salimans and Ho 2022, arXiv:2202.00512: x0 = √ᾱ·x − √(1−ᾱ)·v,
/// ε = √ᾱ·v + √(1−ᾱ)·x. The step √ᾱp·x0 + √(1−ᾱp)·ε is one factor times x plus one factor times v.
/// </remarks>
public readonly record struct DdimStep(int Timestep, int PreviousTimestep, double AlphaBar, double PreviousAlphaBar)
{
    private float LatentFactor => (float)(Math.Sqrt(PreviousAlphaBar * AlphaBar) + Math.Sqrt((1 - PreviousAlphaBar) * (1 - AlphaBar)));

    private float VelocityFactor => (float)(Math.Sqrt((1 - PreviousAlphaBar) * AlphaBar) - Math.Sqrt(PreviousAlphaBar * (1 - AlphaBar)));

    /// <summary>Takes latents to the previous timestep in place; the velocities are used up.</summary>
    /// <remarks>Every product and sum is rounded by itself, never fused, so a value's bits depend neither on its place nor on the processor.</remarks>
    public void Advance(Span<float> latentsL, Span<float> velocityL)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(velocityL.Length, latentsL.Length);
        TensorPrimitives.Multiply(velocityL, VelocityFactor, velocityL);
        TensorPrimitives.Multiply(latentsL, LatentFactor, latentsL);
        TensorPrimitives.Add(latentsL, velocityL, latentsL);
    }
}
