using RenderFarm.Contracts;

namespace RenderFarm.Timeline;

/// <summary>Cuts the timeline into segments. The picture does not depend on the cuts; pauses make audio chunks and previews pleasant.</summary>
public static class SegmentPlan
{
    /// <summary>How far around a cut loudness counts, with a weight falling linearly: a pause is more than one quiet frame.</summary>
    private const int PauseRadiusFrames = 4;

    /// <summary>Even pieces, each inner cut moved to the quietest place nearby; of equally quiet places the one nearest to the even cut.</summary>
    /// <param name="frameCount">Length of the timeline, at least 1.</param>
    /// <param name="loudnessF">Level of every frame, any monotone scale; empty when unknown: cuts stay even.</param>
    public static IReadOnlyList<PlannedSegment> Cut(long frameCount, SegmentPlanOptions options, ReadOnlySpan<byte> loudnessF)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NominalFrames, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SearchFrames);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BorderFrames);
        if (!loudnessF.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(loudnessF.Length, frameCount);

        // A segment holds half a border at each end, so neighbouring borders never overlap.
        long nominal = Math.Max(options.NominalFrames, options.BorderFrames);
        long shortest = Math.Max((nominal + 1) / 2, options.BorderFrames);
        long pieces = Math.Max(1, Math.Min((frameCount + (nominal / 2)) / nominal, frameCount / shortest));
        long reach = Reach(frameCount, pieces, nominal, shortest, options.SearchFrames);

        PlannedSegment[] segments = new PlannedSegment[pieces];
        long first = 0;
        FrameRange before = default;
        for (int i = 0; i < segments.Length; i++)
        {
            bool isLast = i == segments.Length - 1;
            long end = isLast ? frameCount : QuietestNear(EvenCut(frameCount, pieces, i + 1), reach, loudnessF);
            FrameRange after = isLast ? new(end, end) : BorderAround(end, options.BorderFrames);
            segments[i] = new(new(first, end), before, after);
            (first, before) = (end, after);
        }
        return segments;
    }

    /// <summary>The blend frames of a cut, half before and half after it.</summary>
    public static FrameRange BorderAround(long cut, int borderFrames) => new(cut - (borderFrames / 2), cut - (borderFrames / 2) + borderFrames);

    private static long EvenCut(long frameCount, long pieces, long index) => (long)((Int128)frameCount * index / pieces);

    /// <summary>The largest movement for which two neighbouring cuts cannot make a segment too short or too long.</summary>
    private static long Reach(long frameCount, long pieces, long nominal, long shortest, long search)
    {
        long shortestEven = frameCount / pieces;
        long longestEven = (frameCount + pieces - 1) / pieces;
        long reach = Math.Min((shortestEven - shortest) / 2, ((2 * nominal) - longestEven) / 2);
        return Math.Clamp(reach, 0, search);
    }

    private static long QuietestNear(long cut, long reach, ReadOnlySpan<byte> loudnessF)
    {
        if (loudnessF.IsEmpty)
            return cut;
        long best = cut;
        long bestLevel = LevelAround(cut, loudnessF);
        for (long distance = 1; distance <= reach; distance++)
        {
            foreach (long candidate in (ReadOnlySpan<long>)[cut - distance, cut + distance])
            {
                long level = LevelAround(candidate, loudnessF);
                if (level < bestLevel)
                    (best, bestLevel) = (candidate, level);
            }
        }
        return best;
    }

    private static long LevelAround(long frame, ReadOnlySpan<byte> loudnessF)
    {
        long level = 0;
        for (int offset = -PauseRadiusFrames; offset <= PauseRadiusFrames; offset++)
        {
            int neighbour = (int)Math.Clamp(frame + offset, 0, loudnessF.Length - 1);
            level += (PauseRadiusFrames + 1 - Math.Abs(offset)) * loudnessF[neighbour];
        }
        return level;
    }
}
