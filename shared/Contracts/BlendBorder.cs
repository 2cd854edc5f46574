namespace RenderFarm.Contracts;

/// <summary>Command to a stitcher: both neighbours have rendered this border; make one chunk of it.</summary>
public sealed record BlendBorder
{
    public required Guid JobId { get; init; }

    /// <summary>Border i lies between segments i and i+1.</summary>
    public required int BorderIndex { get; init; }

    public required int Attempt { get; init; }

    public required FrameRange Frames { get; init; }

    /// <summary>Raw RGB24 frames as the segment before rendered them.</summary>
    public required string LeftKey { get; init; }

    /// <summary>The same frames as the segment after rendered them.</summary>
    public required string RightKey { get; init; }

    public required VideoEncoding Encoding { get; init; }

    public required string OutputKey { get; init; }
}
