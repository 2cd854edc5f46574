namespace RenderFarm.Contracts;

/// <summary>The inputs of a job as the preparation left them in the store.</summary>
public sealed record PreparedInputs
{
    /// <summary>Length of the timeline: round(audio seconds × frame rate), at least 1.</summary>
    public required long FrameCount { get; init; }

    /// <summary>Length of the 16 kHz track.</summary>
    public required long PcmSampleCount { get; init; }

    /// <summary>Mono 16 kHz, 32-bit float little-endian, no header.</summary>
    public required string PcmKey { get; init; }

    /// <summary>One byte per frame: level in dB above −127.5 dBFS in steps of 0.5 dB; tells the planner where the pauses are.</summary>
    public required string LoudnessKey { get; init; }

    /// <summary>What the pack stored for its segments lies below this prefix, which ends in '/'.</summary>
    public required string PackPrefix { get; init; }
}
