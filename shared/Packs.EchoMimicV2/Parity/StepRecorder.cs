using RenderFarm.Diffusion;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>Passes predictions on and keeps the latents each step began with, which are those the step before ended with.</summary>
internal sealed class StepRecorder(IDenoiser denoiser, int frames) : IDenoiser
{
    private readonly Dictionary<int, float[]> _before = [];

    public int LatentLength => denoiser.LatentLength;

    /// <summary>Latents of all frames, F × L, as the step at a timestep found them.</summary>
    public float[] Before(int timestep) => _before[timestep];

    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken)
    {
        if (!_before.TryGetValue(timestep, out float[]? latents))
            _before.Add(timestep, latents = new float[frames * LatentLength]);
        for (int i = 0; i < framesF.Length; i++)
            latentsFL.Slice(i * LatentLength, LatentLength).CopyTo(latents.AsSpan((int)framesF[i] * LatentLength));
        denoiser.PredictVelocity(framesF, timestep, alphaBar, latentsFL, velocityFL, cancellationToken);
    }
}
