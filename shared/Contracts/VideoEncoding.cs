namespace RenderFarm.Contracts;

/// <summary>How every chunk of a job is encoded; equal settings are what lets chunks be joined by stream copy.</summary>
public sealed record VideoEncoding
{
    public required VideoCodec Codec { get; init; }

    /// <summary>Constant rate factor of H.264, 0 to 51; ignored by FFV1, which is lossless.</summary>
    public required int Crf { get; init; }

    public required FrameRate FrameRate { get; init; }

    /// <summary>Side of the square picture in pixels, even.</summary>
    public required int SizePixels { get; init; }
}
