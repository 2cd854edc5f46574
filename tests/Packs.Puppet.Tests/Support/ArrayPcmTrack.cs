namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>A track in memory.</summary>
internal sealed class ArrayPcmTrack(float[] samples) : IPcmTrack
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
}
