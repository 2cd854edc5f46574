namespace RenderFarm.Contracts;

/// <summary>Command to a stitcher: the original audio as AAC, cut or padded to the length of the video.</summary>
public sealed record EncodeAudio
{
    public required Guid JobId { get; init; }

    public required int Attempt { get; init; }

    public required string AudioKey { get; init; }

    public required long FrameCount { get; init; }

    public required FrameRate FrameRate { get; init; }

    public required string OutputKey { get; init; }
}
