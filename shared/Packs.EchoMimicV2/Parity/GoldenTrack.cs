namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>16-bit samples of the golden data as a track, end to end as often as wanted.</summary>
internal sealed class GoldenTrack(float[] samples, int repeats = 1) : IPcmTrack
{
    public long SampleCount => (long)samples.Length * repeats;

    public static GoldenTrack Of(GoldenFolder folder, int repeats = 1) =>
        new([.. folder.Array("01_audio/pcm_16k_s16.npy").Integers().Select(sample => sample / 32768f)], repeats);

    public ValueTask ReadAsync(long firstSample, Memory<float> buffer, CancellationToken cancellationToken)
    {
        Span<float> values = buffer.Span;
        for (int i = 0; i < values.Length; i++)
        {
            long at = firstSample + i;
            values[i] = at >= 0 && at < SampleCount ? samples[at % samples.Length] : 0;
        }

        return ValueTask.CompletedTask;
    }
}
