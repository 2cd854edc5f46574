namespace RenderFarm.Packs;

/// <summary>The whole lecture as mono 16 kHz float samples, read by position so that memory does not grow with its length.</summary>
public interface IPcmTrack
{
    const int SampleRateHz = 16000;

    long SampleCount { get; }

    /// <summary>Fills the buffer from the position; samples before 0 or past the end read as 0.</summary>
    ValueTask ReadAsync(long firstSample, Memory<float> samples, CancellationToken cancellationToken);
}
