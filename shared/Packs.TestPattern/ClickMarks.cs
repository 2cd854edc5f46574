using System.Numerics.Tensors;
using RenderFarm.Contracts;

namespace RenderFarm.Packs.TestPattern;

/// <summary>Finds the frames in which the sound clicks.</summary>
public static class ClickMarks
{
    /// <summary>A sample this far from 0 is a click (full scale is 1).</summary>
    public const float Level = 0.5f;

    private const int FramesPerRead = 32;

    /// <summary>Samples of a frame, half-open: every sample belongs to exactly one frame.</summary>
    public static (long First, long End) Samples(long frame, FrameRate rate) => (FirstSample(frame, rate), FirstSample(frame + 1, rate));

    /// <returns>For each frame of the range, whether a sample in it reaches <see cref="Level"/>.</returns>
    public static async Task<bool[]> FindAsync(IPcmTrack audio, FrameRange frames, FrameRate rate, CancellationToken cancellationToken)
    {
        bool[] clicks = new bool[frames.Count];
        for (long from = frames.First; from < frames.End; from += FramesPerRead)
        {
            long to = Math.Min(from + FramesPerRead, frames.End);
            long first = FirstSample(from, rate);
            float[] samples = new float[FirstSample(to, rate) - first];
            await audio.ReadAsync(first, samples, cancellationToken);
            for (long frame = from; frame < to; frame++)
            {
                (long start, long end) = Samples(frame, rate);
                ReadOnlySpan<float> sound = samples.AsSpan((int)(start - first), (int)(end - start));
                clicks[frame - frames.First] = !sound.IsEmpty && MathF.Abs(TensorPrimitives.MaxMagnitude(sound)) >= Level;
            }
        }

        return clicks;
    }

    private static long FirstSample(long frame, FrameRate rate) =>
        (long)((Int128)frame * rate.Denominator * IPcmTrack.SampleRateHz / rate.Numerator);
}
