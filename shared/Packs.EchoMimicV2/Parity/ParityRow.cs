using System.Globalization;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>One comparison with the official numbers.</summary>
public sealed record ParityRow
{
    /// <summary>Folder and file the expected numbers come from, and what of them.</summary>
    public required string Stage { get; init; }

    public required ParityStatus Status { get; init; }

    /// <summary>Largest difference; NaN when a value is not a number.</summary>
    public double? MaxDifference { get; init; }

    /// <summary>What the difference may be.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Peak signal-to-noise ratio of frames, in dB; infinite when they are equal.</summary>
    public double? PsnrDb { get; init; }

    /// <summary>Why it was skipped, or where and how it failed.</summary>
    public string Note { get; init; } = "";

    public static ParityRow Skip(string stage, string reason) => new() { Stage = stage, Status = ParityStatus.Skipped, Note = reason };

    public static ParityRow Fail(string stage, string reason) => new() { Stage = stage, Status = ParityStatus.Failed, Note = reason };

    /// <summary>Compares values one by one.</summary>
    public static ParityRow Compare(string stage, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
            return Fail(stage, $"{expected.Length} values expected, {actual.Length} computed");
        int worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            if (difference <= largest)
                continue;
            (worst, largest) = (i, difference);
            if (double.IsNaN(difference))
                break; // the worst of all
        }

        bool passed = largest <= tolerance;
        return new ParityRow
        {
            Stage = stage,
            Status = passed ? ParityStatus.Passed : ParityStatus.Failed,
            MaxDifference = largest,
            Tolerance = tolerance,
            Note = passed ? "" : string.Create(CultureInfo.InvariantCulture, $"worst at {worst}: expected {expected[worst]:g7}, got {actual[worst]:g7}"),
        };
    }

    /// <summary>Compares 8-bit pictures, in levels.</summary>
    public static ParityRow ComparePictures(string stage, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, int toleranceLevels)
    {
        if (expected.Length != actual.Length)
            return Fail(stage, $"{expected.Length} bytes expected, {actual.Length} computed");
        int worst = 0, different = 0;
        double squares = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            different += difference > 0 ? 1 : 0;
            squares += difference * difference;
            if (difference > Math.Abs(expected[worst] - actual[worst]))
                worst = i;
        }

        int largest = expected.IsEmpty ? 0 : Math.Abs(expected[worst] - actual[worst]);
        string share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * different / Math.Max(1, expected.Length):0.00} % of bytes differ");
        return new ParityRow
        {
            Stage = stage,
            Status = largest <= toleranceLevels ? ParityStatus.Passed : ParityStatus.Failed,
            MaxDifference = largest,
            Tolerance = toleranceLevels,
            PsnrDb = squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255 * expected.Length / squares),
            Note = largest <= toleranceLevels ? share : string.Create(CultureInfo.InvariantCulture, $"worst at {worst}: expected {expected[worst]}, got {actual[worst]}; {share}"),
        };
    }
}
