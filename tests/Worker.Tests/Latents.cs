using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Tests;

/// <summary>Denoised latents that are what a test wants: without noise and with one step, the velocity decides.</summary>
internal static class Latents
{
    public static DenoisedFrames Of(FrameRange frames, Func<long, float> valueOfFrame)
    {
        WindowGrid grid = WindowGrid.Create(WindowClosing.Line, new WindowGeometry(1, 0, 0), frames.End);
        WindowedSampler sampler = new(grid, new DdimScheduler(1), (frame, noiseL) => noiseL.Clear());
        return sampler.Sample(new Constant(valueOfFrame), frames, progress: null, default);
    }

    private sealed class Constant(Func<long, float> valueOfFrame) : IDenoiser
    {
        public int LatentLength => 2;

        public void PredictVelocity(
            ReadOnlySpan<long> framesF,
            int timestep,
            double alphaBar,
            ReadOnlySpan<float> latentsFL,
            Span<float> velocityFL,
            CancellationToken cancellationToken) => velocityFL.Fill(-valueOfFrame(framesF[0])); // x0 = √ᾱ·x − √(1−ᾱ)·v with ᾱ = 0
    }
}
