using RenderFarm.Contracts;

namespace RenderFarm.Packs.EchoMimicV2.Speech;

/// <summary>Which rows of the feature array (one per 20 ms) a video frame hears.</summary>
public static class AudioChunks
{
    /// <summary>Rows of one chunk: four before the frame's centre, the centre, five after.</summary>
    public const int Rows = 10;

    private const int RowsBefore = 4;
    private const int RowsPerSecond = 50;

    /// <summary>The ten rows of a frame, clamped into the array.</summary>
    public static void RowsOf(long frame, FrameRate rate, long rowCount, Span<long> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowCount);
        long centre = (long)((Int128)frame * RowsPerSecond * rate.Denominator / rate.Numerator);
        for (int i = 0; i < Rows; i++)
            rows[i] = Math.Clamp(centre - RowsBefore + i, 0, rowCount - 1);
    }

    /// <summary>Feature rows of a track: half the log-mel frames of each piece of 30 s, an odd count losing its half.</summary>
    public static long RowCount(long melFrames)
    {
        (long pieces, long rest) = Math.DivRem(melFrames, LogMelSpectrogram.PieceFrames);
        return (pieces * LogMelSpectrogram.PieceFrames / 2) + (rest / 2);
    }

    /// <summary>Chunks the official program makes: about two frames more than the sound lasts.</summary>
    public static long OfficialChunkCount(long rowCount, FrameRate rate)
    {
        // The first i with floor(i · 50 / fps) > R is ceil((R + 1) · fps / 50).
        Int128 numerator = (Int128)(rowCount + 1) * rate.Numerator;
        Int128 denominator = (Int128)RowsPerSecond * rate.Denominator;
        return (long)((numerator + denominator - 1) / denominator) + 1;
    }
}
