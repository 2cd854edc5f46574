namespace RenderFarm.Media;

/// <summary>How much sound was in a file, counted, not claimed.</summary>
public sealed record DecodedAudio
{
    /// <summary>Samples per channel that were written.</summary>
    public required long SampleCount { get; init; }

    public required int SampleRateHz { get; init; }

    /// <summary>What the file says about itself.</summary>
    public required MediaInfo Source { get; init; }

    /// <summary>Exact to one sample.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks((long)((Int128)SampleCount * TimeSpan.TicksPerSecond / SampleRateHz));
}
