using System.Numerics.Tensors;
using RenderFarm.Diffusion;
using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>The ideal denoiser of motion that is Gaussian around a mean read off the sound. One caller at a time.</summary>
/// <remarks>See <see cref="VelocityGain"/> for the formulas. Gains depend on the schedule and the window's length only and are kept.</remarks>
internal sealed class MotionDenoiser(MotionTrack means, FrameDistance distance) : IDenoiser
{
    private const int L = MotionParameter.Count;

    private readonly Dictionary<(double AlphaBar, int Frames), float[]> _gains = [];

    public int LatentLength => L;

    public void PredictVelocity(
        ReadOnlySpan<long> framesF,
        int timestep,
        double alphaBar,
        ReadOnlySpan<float> latentsFL,
        Span<float> velocityFL,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNotEqual(latentsFL.Length, framesF.Length * L);
        ArgumentOutOfRangeException.ThrowIfNotEqual(velocityFL.Length, latentsFL.Length);
        if (!(alphaBar >= 0 && alphaBar <= 1))
            throw new ArgumentOutOfRangeException(nameof(alphaBar), alphaBar, "The signal power lies between 0 and 1.");
        if (!distance.AreConsecutive(framesF))
            throw new ArgumentException("The frames of a window follow one another.", nameof(framesF));

        float signal = (float)Math.Sqrt(alphaBar);
        float noise = (float)Math.Sqrt(1 - alphaBar);
        ReadOnlySpan<float> gainFFL = GainOf(framesF, alphaBar);
        float[] residualFL = new float[latentsFL.Length];
        for (int f = 0; f < framesF.Length; f++)
        {
            ReadOnlySpan<float> meanL = means[framesF[f]];
            TensorPrimitives.Multiply(meanL, -noise, velocityFL.Slice(f * L, L));
            TensorPrimitives.MultiplyAdd(meanL, -signal, latentsFL.Slice(f * L, L), residualFL.AsSpan(f * L, L));
        }

        for (int f = 0; f < framesF.Length; f++)
        {
            Span<float> velocityL = velocityFL.Slice(f * L, L);
            for (int g = 0; g < framesF.Length; g++)
                TensorPrimitives.MultiplyAdd(residualFL.AsSpan(g * L, L), gainFFL.Slice(((f * framesF.Length) + g) * L, L), velocityL, velocityL);
        }
    }

    /// <summary>V for every parameter: row frame, column frame, parameter.</summary>
    private float[] GainOf(ReadOnlySpan<long> framesF, double alphaBar)
    {
        if (_gains.TryGetValue((alphaBar, framesF.Length), out float[]? known))
            return known;
        int count = framesF.Length;
        float[] gainFFL = new float[count * count * L];
        for (int parameter = 0; parameter < L; parameter++)
        {
            MotionKernel kernel = MotionPrior.InLatentUnits(parameter);
            double[,] covariance = new double[count, count];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                    covariance[i, j] = kernel.At(distance.Between(framesF[i], framesF[j]));
            }

            double[,] gain = VelocityGain.Of(covariance, alphaBar);
            for (int i = 0; i < count * count; i++)
                gainFFL[(i * L) + parameter] = (float)gain[i / count, i % count];
        }

        return _gains[(alphaBar, count)] = gainFFL;
    }
}
