namespace RenderFarm.MediaPipe.Tests;

public sealed class RegionTests
{
    [Fact]
    public void A_quarter_turn_moves_the_top_of_the_square_to_the_right_of_the_picture()
    {
        (double x, double y) = new Region(100, 50, 40, Math.PI / 2).ToPicture(0.5, 0);
        Assert.Equal(120, x, 1e-9);
        Assert.Equal(50, y, 1e-9);
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(480, 640)]
    public void The_letterbox_is_centred_and_as_large_as_the_longer_side(int width, int height)
    {
        Region square = Region.Around(width, height);
        Assert.Equal((width / 2.0, height / 2.0, 640.0, 0.0), (square.CentreX, square.CentreY, square.Side, square.Rotation));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, Math.PI / 2)] // the right eye below the left one: the head lies on its side
    [InlineData(0, -1, -Math.PI / 2)]
    [InlineData(-1, 0, -Math.PI)]
    public void The_line_through_the_eyes_gives_the_rotation(double x, double y, double rotation) =>
        Assert.Equal(rotation, Angles.RotationTo(0, (5, 5), (5 + x, 5 + y)), 1e-9);

    [Fact]
    public void Angles_wrap_to_one_turn()
    {
        Assert.Equal(-Math.PI, Angles.Wrap(Math.PI), 1e-12);
        Assert.Equal(0.5, Angles.Wrap(0.5 + (6 * Math.PI)), 1e-9);
        Assert.Equal(-0.5, Angles.Wrap(-0.5 - (4 * Math.PI)), 1e-9);
    }

    [Fact]
    public void A_later_region_replaces_the_earlier_ones_it_covers()
    {
        Region first = new(0, 0, 10, 0);
        Region far = new(100, 0, 10, 0);
        Region onFirst = new(1, 0, 10, 2);
        Assert.Equal([far, onFirst], RegionMerge.KeepLater([first, far, onFirst]));
    }

    [Fact]
    public void Touching_squares_do_not_overlap() => Assert.Equal(0, Box.Iou(new Box(0, 0, 1, 1), new Box(1, 0, 2, 1)));
}
