using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Stitcher.Borders;

namespace RenderFarm.Stitcher.Tests;

public sealed class CrossFadeTests
{
    [Fact]
    public void Every_frame_is_the_weighted_mean_to_the_nearest_and_says_how_far_the_sides_were_apart() =>
        Prop.ForAll(
            Gen.Choose(1, 16).ToArbitrary(),
            Gen.ArrayOf(Gen.Choose(0, 255), 40).ToArbitrary(),
            Gen.ArrayOf(Gen.Choose(0, 255), 40).ToArbitrary(),
            (frameCount, leftValues, rightValues) =>
            {
                byte[] left = [.. leftValues.Select(v => (byte)v)];
                byte[] right = [.. rightValues.Select(v => (byte)v)];
                return Enumerable.Range(0, frameCount).All(index =>
                {
                    byte[] blended = [.. left];
                    FrameDifference difference = CrossFade.Blend(index, frameCount, blended, right);
                    double weight = (index + 1.0) / (frameCount + 1);
                    return left.Zip(right, (l, r) => l + ((r - l) * weight)).Zip(blended, (exact, byteValue) => Math.Abs(exact - byteValue) <= 0.5 + 1e-9).All(near => near)
                        && difference.Max == left.Zip(right, (l, r) => Math.Abs(l - r)).Max()
                        && difference.Sum == left.Zip(right, (l, r) => (long)Math.Abs(l - r)).Sum();
                });
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_frames_stay_as_they_are()
    {
        byte[] frame = [.. Enumerable.Range(0, 256).Select(v => (byte)v)];
        byte[] blended = [.. frame];
        Assert.Equal(default, CrossFade.Blend(3, 8, blended, frame));
        Assert.Equal(frame, blended);
    }

    [Fact]
    public void The_fade_is_symmetric() => Assert.All(
        Enumerable.Range(0, 7),
        index =>
        {
            byte[] forward = [0];
            byte[] backward = [255];
            CrossFade.Blend(index, 7, forward, [255]);
            CrossFade.Blend(6 - index, 7, backward, [0]);
            Assert.InRange(forward[0] - backward[0], -1, 1);
        });
}
