namespace RenderFarm.MediaPipe;

/// <summary>Squares that cover a picture, in rounds of ever smaller ones: a detector sees small things only when it looks closer.</summary>
internal static class CloserLook
{
    private const int Rounds = 2;

    /// <summary>Smaller squares would show the detector enlarged pixels.</summary>
    private const double SmallestSide = 128;

    /// <summary>Each round halves the squares; neighbours overlap by half or more, so that what one cuts another shows whole.</summary>
    public static IEnumerable<IReadOnlyList<Region>> Levels(int width, int height)
    {
        double side = Math.Max(width, height);
        for (int round = 0; round < Rounds; round++)
        {
            side /= 2;
            if (side < SmallestSide)
                yield break;
            yield return [.. from y in Centres(height, side) from x in Centres(width, side) select new Region(x, y, side, 0)];
        }
    }

    private static IEnumerable<double> Centres(double length, double side)
    {
        if (length <= side)
            return [length / 2];
        int steps = (int)Math.Ceiling((length - side) / (side / 2));
        return Enumerable.Range(0, steps + 1).Select(i => (side / 2) + (i * (length - side) / steps));
    }
}
