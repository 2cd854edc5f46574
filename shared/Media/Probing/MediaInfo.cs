namespace RenderFarm.Media;

/// <summary>What is in a media file, as its container describes it. Durations of a container are claims, not measurements.</summary>
public sealed record MediaInfo
{
    /// <summary>ffmpeg's names of the container, for example "mov,mp4,m4a,3gp,3g2,mj2".</summary>
    public required string Format { get; init; }

    public TimeSpan? Duration { get; init; }

    public required IReadOnlyList<MediaTrack> Streams { get; init; }

    /// <summary>Tags of the container, keys as written.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The sound that is used: the first audio stream.</summary>
    public MediaTrack? Audio => Streams.FirstOrDefault(stream => stream.Kind == TrackKind.Audio);

    /// <summary>The first moving picture.</summary>
    public MediaTrack? Video => Streams.FirstOrDefault(stream => stream.Kind == TrackKind.Video);
}
