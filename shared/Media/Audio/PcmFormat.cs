namespace RenderFarm.Media;

/// <summary>Interleaved 32-bit float samples, little-endian.</summary>
public readonly record struct PcmFormat(int SampleRateHz, int Channels)
{
    /// <summary>What the networks hear.</summary>
    public static PcmFormat Mono16Khz { get; } = new(16000, 1);

    public int BytesPerSample => sizeof(float) * Channels;
}
