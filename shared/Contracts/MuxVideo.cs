namespace RenderFarm.Contracts;

/// <summary>Command to a stitcher: join the chunks by stream copy and add the audio.</summary>
public sealed record MuxVideo
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    /// <summary>A UTF-8 text object: the key of one chunk per line, in timeline order.</summary>
    public required string ChunkListKey { get; init; }

    public required string AudioTrackKey { get; init; }

    public required long FrameCount { get; init; }

    public required VideoEncoding Encoding { get; init; }

    public required VideoLabels Labels { get; init; }

    public required string OutputKey { get; init; }
}
