namespace RenderFarm.Packs.EchoMimicV2.Tests;

internal sealed class MemoryPcm(float[] samples) : IPcmTrack
{
    public long SampleCount => samples.Length;

    public ValueTask ReadAsync(long firstSample, Memory<float> buffer, CancellationToken cancellationToken)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            long at = firstSample + i;
            buffer.Span[i] = at >= 0 && at < samples.Length ? samples[at] : 0;
        }

        return ValueTask.CompletedTask;
    }

    public static MemoryPcm Golden(int repeats = 1)
    {
        float[] once = [.. Tests.Golden.Npy("01_audio/pcm_16k_s16.npy").Int16s().Select(sample => sample / 32768f)];
        return new MemoryPcm([.. Enumerable.Repeat(once, repeats).SelectMany(part => part)]);
    }
}
