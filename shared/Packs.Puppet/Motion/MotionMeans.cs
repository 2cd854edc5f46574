using System.Runtime.CompilerServices;
using RenderFarm.Audio;
using RenderFarm.Contracts;

namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>The mean of the motion of every frame, read off the whole recording in two sweeps. Memory does not depend on its length.</summary>
internal static class MotionMeans
{
    /// <summary>First sweep: the levels of the recording.</summary>
    public static async Task<SpeechLevels> MeasureLevelsAsync(IPcmTrack track, CancellationToken cancellationToken)
    {
        var histogram = new LevelHistogram();
        long count = Math.Max(1, track.SampleCount * SpeechSpectrum.RateHz / IPcmTrack.SampleRateHz);
        await foreach (SpeechFeatures features in SpeechSpectrum.ReadAsync(track, count, cancellationToken))
            histogram.Add(features.LevelDb);
        return SpeechLevels.Of(histogram);
    }

    /// <summary>Second sweep: one row of <see cref="MotionParameter.Count"/> floats per frame, in order. The row is valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
        IPcmTrack track, SpeechLevels levels, FrameRate rate, long frameCount, ulong seed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        double secondsPerFrame = (double)rate.Denominator / rate.Numerator;
        long windows = (long)Math.Ceiling(frameCount * secondsPerFrame * SpeechSpectrum.RateHz) + 2 + SpeechFollower.Delay;
        var follower = new SpeechFollower(levels);
        float[] row = new float[MotionParameter.Count];
        long frame = 0;
        long position = -1; // number of the window that 'current' belongs to
        SpeechMotion before = default;
        await foreach (SpeechFeatures features in SpeechSpectrum.ReadAsync(track, windows, cancellationToken))
        {
            if (follower.Next(features) is not { } current)
                continue;
            position++;
            for (; frame < frameCount; frame++)
            {
                double seconds = (frame + 0.5) * secondsPerFrame; // a frame shows the middle of the time it is shown
                double share = (seconds * SpeechSpectrum.RateHz) - (position - 1);
                if (share > 1)
                    break;
                Fill(row, SpeechMotion.Between(before, current, share), seed, seconds);
                yield return row;
            }

            before = current;
        }
    }

    private static void Fill(Span<float> rowL, SpeechMotion speech, ulong seed, double seconds)
    {
        rowL.Clear();
        HeadSway.AddTo(rowL, seed, seconds);
        rowL[MotionParameter.MouthOpen] = (float)speech.Open;
        rowL[MotionParameter.MouthRound] = (float)speech.Round;
        rowL[MotionParameter.Blink] = (float)BlinkTrain.At(seed, seconds);
        rowL[MotionParameter.HeadPitch] -= (float)(4 * speech.Emphasis);
        rowL[MotionParameter.HeadY] -= (float)(2.5 * speech.Emphasis);
        rowL[MotionParameter.BrowRaise] = (float)Math.Clamp(1.2 * (speech.Emphasis - 0.15), 0, 1);
        for (int parameter = 0; parameter < MotionParameter.Count; parameter++)
            rowL[parameter] *= MotionParameter.Scale(parameter);
    }
}
