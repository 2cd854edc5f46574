using RenderFarm.Contracts;
using RenderFarm.Media;

namespace RenderFarm.Worker.Segments;

/// <summary>Where an attempt at a segment keeps its objects.</summary>
/// <param name="Prefix">The attempt's own prefix, ends in '/'.</param>
public readonly record struct SegmentKeys(string Prefix)
{
    public string BorderBefore => Prefix + "border-before.rgb";

    public string BorderAfter => Prefix + "border-after.rgb";

    /// <summary>Every frame of the segment, lossless; only when the job keeps its frames.</summary>
    public string Frames => Prefix + "frames" + ChunkArguments.Extension(VideoCodec.Ffv1);

    /// <summary>The result, written last: where it is, everything else is complete.</summary>
    public string Result => Prefix + "segment.json";

    public string Interior(VideoCodec codec) => Prefix + "interior" + ChunkArguments.Extension(codec);
}
