namespace RenderFarm.Diffusion;

/// <summary>The network (or closed form) that predicts the velocity of a window of frames.</summary>
public interface IDenoiser
{
    /// <summary>Floats per frame of the latent.</summary>
    int LatentLength { get; }

    /// <summary>One evaluation. A pure function of its arguments and of what the denoiser was opened with.</summary>
    /// <param name="framesF">Absolute frame numbers of the window, F of them; consecutive except where a ring closes.</param>
    /// <param name="timestep">Training timestep, 0 to 999.</param>
    /// <param name="alphaBar">Cumulative signal power ᾱ at the timestep, 0 to 1.</param>
    /// <param name="latentsFL">Noisy latents x(t), F × L.</param>
    /// <param name="velocityFL">Receives v = √ᾱ·ε − √(1−ᾱ)·x0, F × L.</param>
    void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken);
}
