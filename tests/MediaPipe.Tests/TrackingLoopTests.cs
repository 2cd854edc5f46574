using RenderFarm.Imaging;

namespace RenderFarm.MediaPipe.Tests;

/// <summary>A scene is a list of positions; a region shows the position it is close to.</summary>
public sealed class TrackingLoopTests
{
    private static readonly RgbImage Frame = new(1, 1, new byte[3]);
    private readonly List<double> scene = [];
    private int searches;

    [Fact]
    public void While_enough_are_followed_nothing_is_searched()
    {
        TrackingLoop<double> loop = Loop(maxCount: 1);
        scene.Add(100);
        for (int frame = 0; frame < 5; frame++)
        {
            scene[0] += 3;
            Assert.Equal([scene[0]], loop.Next(Frame));
        }

        Assert.Equal(1, searches);
    }

    [Fact]
    public void What_is_lost_is_searched_again()
    {
        TrackingLoop<double> loop = Loop(maxCount: 1);
        scene.Add(100);
        loop.Next(Frame);
        scene[0] = 500;
        Assert.Empty(loop.Next(Frame));
        Assert.Equal([500], loop.Next(Frame));
        Assert.Equal(2, searches);
    }

    [Fact]
    public void One_that_is_followed_is_not_reported_again_when_others_are_searched()
    {
        TrackingLoop<double> loop = Loop(maxCount: 2);
        scene.Add(100);
        loop.Next(Frame);
        scene.Add(300);
        Assert.Equal([100, 300], loop.Next(Frame).Order());
        Assert.Equal([100, 300], loop.Next(Frame).Order());
    }

    [Fact]
    public void Only_the_best_of_many_candidates_are_looked_at()
    {
        scene.AddRange([100, 300, 500]);
        Assert.Equal([100, 300], Loop(maxCount: 2).Next(Frame));
    }

    [Fact]
    public void A_reset_forgets_what_was_followed()
    {
        TrackingLoop<double> loop = Loop(maxCount: 1);
        scene.Add(100);
        loop.Next(Frame);
        loop.Reset();
        loop.Next(Frame);
        Assert.Equal(2, searches);
    }

    private TrackingLoop<double> Loop(int maxCount) => new(
        maxCount,
        _ =>
        {
            searches++;
            return scene.Select(x => new Region(x, 0, 50, 0));
        },
        (_, region) => scene.Exists(x => Math.Abs(x - region.CentreX) < 20)
            ? (scene.Find(x => Math.Abs(x - region.CentreX) < 20), new Region(scene.Find(x => Math.Abs(x - region.CentreX) < 20), 0, 50, 0))
            : null);
}
