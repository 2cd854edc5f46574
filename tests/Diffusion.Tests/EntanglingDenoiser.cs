using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RenderFarm.Diffusion.Tests;

/// <summary>
/// A network in miniature: every output depends, not linearly, on every frame of its window, on their places in it, on their absolute
/// numbers and on the time, and a sum over the whole window makes the order of additions matter.
/// </summary>
internal sealed class EntanglingDenoiser(int latentLength) : IDenoiser
{
    public int LatentLength => latentLength;

    /// <summary>Timestep and frames of every evaluation.</summary>
    public List<(int Timestep, long[] FramesF)> Evaluations { get; } = [];

    /// <summary>Where the input and output of every evaluation began.</summary>
    public HashSet<nint> Addresses { get; } = [];

    /// <summary>Runs before an evaluation.</summary>
    public Action? BeforeEvaluation { get; init; }

    public void PredictVelocity(
        ReadOnlySpan<long> framesF, int timestep, double alphaBar, ReadOnlySpan<float> latentsFL, Span<float> velocityFL, CancellationToken cancellationToken)
    {
        Evaluations.Add((timestep, framesF.ToArray()));
        Addresses.Add(AddressOf(latentsFL));
        Addresses.Add(AddressOf(velocityFL));
        BeforeEvaluation?.Invoke();
        Assert.Equal(framesF.Length * latentLength, latentsFL.Length);
        Assert.Equal(latentsFL.Length, velocityFL.Length);
        float mean = TensorPrimitives.Sum(latentsFL) / latentsFL.Length;
        for (int f = 0; f < framesF.Length; f++)
        {
            float place = (float)((0.1 * f) + Math.Sin(framesF[f]) + alphaBar + (timestep / 1000.0));
            for (int i = 0; i < latentLength; i++)
            {
                float attention = 0;
                for (int other = 0; other < framesF.Length; other++)
                    attention += latentsFL[(other * latentLength) + i] / (1 + ((f - other) * (f - other)));
                velocityFL[(f * latentLength) + i] = MathF.Tanh(attention * place) + (mean * latentsFL[(f * latentLength) + i]);
            }
        }
    }

    private static nint AddressOf(ReadOnlySpan<float> span) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(span));
}
