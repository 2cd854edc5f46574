namespace RenderFarm.Media;

/// <summary>One stream of a file, as its container describes it.</summary>
public sealed record MediaTrack
{
    public required int Index { get; init; }

    public required TrackKind Kind { get; init; }

    /// <summary>ffmpeg's name of the codec; "unknown" where ffmpeg has none.</summary>
    public required string Codec { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Audio: samples per second; 0 where unknown.</summary>
    public int SampleRateHz { get; init; }

    /// <summary>Audio: channels; 0 where unknown.</summary>
    public int Channels { get; init; }

    /// <summary>Video: size as stored, before rotation; 0 where unknown.</summary>
    public int WidthPixels { get; init; }

    public int HeightPixels { get; init; }

    /// <summary>Video: how far a player turns the picture, clockwise: 0, 90, 180 or 270.</summary>
    public int RotationDegrees { get; init; }

    /// <summary>Video: ffmpeg's rational, for example "30000/1001".</summary>
    public string AverageFrameRate { get; init; } = "0/0";

    /// <summary>Packets of the stream where the container knows or they were counted.</summary>
    public long? PacketCount { get; init; }
}
