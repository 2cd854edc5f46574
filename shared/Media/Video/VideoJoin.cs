using RenderFarm.Contracts;

namespace RenderFarm.Media;

/// <summary>What becomes one video.</summary>
public sealed record VideoJoin
{
    /// <summary>Chunks in the order of the timeline, all of equal encoding.</summary>
    public required IReadOnlyList<string> ChunkPaths { get; init; }

    /// <summary>Made by <see cref="AudioTrackEncoder"/>.</summary>
    public required string AudioTrackPath { get; init; }

    /// <summary>Frames of all chunks together.</summary>
    public required long FrameCount { get; init; }

    public required VideoEncoding Encoding { get; init; }

    public required VideoLabels Labels { get; init; }

    /// <summary>The ending decides the container: .mkv is Matroska, .mov is QuickTime, anything else MP4.</summary>
    public required string OutputPath { get; init; }
}
