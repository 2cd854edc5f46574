using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RenderFarm.Contracts;
using RenderFarm.Packs;
using RenderFarm.Timeline;

namespace RenderFarm.Worker.Preparation;

/// <summary>How loud every frame of the timeline is, for the planner that looks for pauses.</summary>
public static class LoudnessMeter
{
    private const double FloorDecibel = -127.5;
    private const double StepDecibel = 0.5;

    /// <summary>The level of some samples: steps of 0.5 dB above −127.5 dBFS, where a full-scale square wave is 0 dBFS; 0 for silence.</summary>
    public static byte Level(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            return 0;
        double meanSquare = TensorPrimitives.SumOfSquares(samples) / (double)samples.Length;
        double decibel = 10 * Math.Log10(meanSquare); // −∞ for silence
        return (byte)Math.Clamp(Math.Round((decibel - FloorDecibel) / StepDecibel), byte.MinValue, byte.MaxValue);
    }

    /// <summary>Writes one level per frame; frames past the end of the sound are silent.</summary>
    /// <param name="pcm">Mono 16 kHz 32-bit float, little-endian, from its start.</param>
    public static async Task MeasureAsync(Stream pcm, FrameRate rate, long frameCount, Stream levels, CancellationToken cancellationToken)
    {
        byte[] window = [];
        byte[] level = new byte[1];
        for (long frame = 0; frame < frameCount; frame++)
        {
            long first = rate.SampleAt(frame, IPcmTrack.SampleRateHz);
            int byteCount = (int)(rate.SampleAt(frame + 1, IPcmTrack.SampleRateHz) - first) * sizeof(float);
            if (window.Length < byteCount)
                window = new byte[byteCount];
            int read = await pcm.ReadAtLeastAsync(window.AsMemory(0, byteCount), byteCount, throwOnEndOfStream: false, cancellationToken);
            level[0] = Level(MemoryMarshal.Cast<byte, float>(window.AsSpan(0, read)));
            await levels.WriteAsync(level, cancellationToken);
        }
    }
}
