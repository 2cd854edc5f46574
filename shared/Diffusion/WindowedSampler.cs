using System.Numerics.Tensors;
using RenderFarm.Contracts;
using RenderFarm.Timeline;

namespace RenderFarm.Diffusion;

/// <summary>Denoises some frames of a timeline exactly as if the whole timeline were denoised at once: the driver of every pack.</summary>
/// <remarks>
/// Per step, as the official pipeline does: the network predicts a velocity for every frame of every window, a frame's predictions are
/// averaged over its windows, then the frame takes its step. Only the windows of the dependency cone are evaluated. A frame's predictions
/// are added in the order of the grid, frame row by frame row, so equal predictions give equal bits however the timeline was cut.
/// One sampler serves any number of runs, also at the same time when the denoisers are different ones.
/// </remarks>
public sealed class WindowedSampler(WindowGrid grid, DdimScheduler scheduler, InitialNoise noise)
{
    /// <summary>A sampler that starts from the farm's own noise.</summary>
    /// <param name="noiseClamp">Bound on |noise| per element.</param>
    public WindowedSampler(WindowGrid grid, DdimScheduler scheduler, ulong seed, float noiseClamp = FrameNoise.DefaultClamp)
        : this(grid, scheduler, (frame, noiseL) => FrameNoise.Fill(seed, frame, noiseL, noiseClamp))
    {
    }

    /// <summary>What <see cref="Sample"/> will evaluate for these frames.</summary>
    public DependencyCone ConeOf(FrameRange frames) => DependencyCone.Of(grid, scheduler.Steps.Count, frames);

    /// <param name="frames">Frames wanted, within the timeline, at least one.</param>
    /// <param name="progress">Told after every network evaluation, on this thread.</param>
    public DenoisedFrames Sample(
        IDenoiser denoiser, FrameRange frames, IProgress<SamplingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(denoiser.LatentLength, 1, nameof(denoiser));
        DependencyCone cone = ConeOf(frames);
        LatentRows latents = new(grid, cone.Noise, denoiser.LatentLength);
        try
        {
            using LatentRows velocities = new(grid, cone.Steps[0].Output, denoiser.LatentLength);
            Run run = new(denoiser, cone, latents, velocities, progress, cancellationToken);
            run.Start(noise);
            for (int i = 0; i < scheduler.Steps.Count; i++)
                run.Take(cone.Steps[i], scheduler.Steps[i]);
            return new(latents, frames);
        }
        catch
        {
            latents.Dispose();
            throw;
        }
    }

    private sealed class Run(
        IDenoiser denoiser,
        DependencyCone cone,
        LatentRows latents,
        LatentRows velocities,
        IProgress<SamplingProgress>? progress,
        CancellationToken cancellationToken)
    {
        private readonly WindowGrid grid = cone.Grid;
        private readonly long[] framesF = new long[cone.Grid.WindowFrames];
        private readonly AlignedBuffer windowFL = new(cone.Grid.WindowFrames * denoiser.LatentLength);
        private readonly AlignedBuffer predictedFL = new(cone.Grid.WindowFrames * denoiser.LatentLength);
        private readonly int[] visits = new int[cone.Steps[0].Output.Count];
        private long evaluationsDone;

        public void Start(InitialNoise noise)
        {
            for (long frame = cone.Noise.First; frame < cone.Noise.End; frame++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                noise(grid.Wrap(frame), latents.Row(frame));
            }
        }

        public void Take(ConeStep coneStep, DdimStep step)
        {
            Array.Clear(visits);
            foreach (FrameWindow window in cone.WindowsOf(coneStep.Step))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Evaluate(window, step);
                AddPredictions(coneStep.Output);
                progress?.Report(new(coneStep.Step, cone.Steps.Count, ++evaluationsDone, cone.EvaluationCount));
            }
            Advance(coneStep.Output, step);
        }

        private void Evaluate(FrameWindow window, DdimStep step)
        {
            for (int k = 0; k < window.Count; k++)
            {
                framesF[k] = grid.Wrap(window.First + k);
                latents.Row(framesF[k]).CopyTo(RowOf(windowFL, k));
            }
            denoiser.PredictVelocity(framesF, step.Timestep, step.AlphaBar, windowFL.Span, predictedFL.Span, cancellationToken);
        }

        private void AddPredictions(FrameRange output)
        {
            for (int k = 0; k < framesF.Length; k++)
            {
                if (grid.Wrap(framesF[k] - output.First) >= output.Count)
                    continue; // a neighbour the window needed to see; nobody needs it any more
                Span<float> sum = velocities.Row(framesF[k]);
                if (visits[grid.Wrap(framesF[k] - velocities.Frames.First)]++ == 0)
                    RowOf(predictedFL, k).CopyTo(sum);
                else
                    TensorPrimitives.Add(sum, RowOf(predictedFL, k), sum);
            }
        }

        private void Advance(FrameRange output, DdimStep step)
        {
            for (long frame = output.First; frame < output.End; frame++)
            {
                Span<float> velocityL = velocities.Row(frame);
                int count = visits[grid.Wrap(frame - velocities.Frames.First)];
                if (count > 1)
                    TensorPrimitives.Divide(velocityL, count, velocityL);
                step.Advance(latents.Row(frame), velocityL);
            }
        }

        private Span<float> RowOf(AlignedBuffer bufferFL, int k) => bufferFL.Span.Slice(k * denoiser.LatentLength, denoiser.LatentLength);
    }
}
