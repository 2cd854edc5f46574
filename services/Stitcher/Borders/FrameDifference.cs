namespace RenderFarm.Stitcher.Borders;

/// <summary>How far apart two renderings of the same pixels are.</summary>
/// <param name="Max">Largest difference of a channel, 0 to 255.</param>
/// <param name="Sum">Sum of the absolute differences of all channels.</param>
public readonly record struct FrameDifference(int Max, long Sum)
{
    public FrameDifference And(FrameDifference other) => new(Math.Max(Max, other.Max), Sum + other.Sum);
}
