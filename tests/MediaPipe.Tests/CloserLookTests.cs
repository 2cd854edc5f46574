namespace RenderFarm.MediaPipe.Tests;

public sealed class CloserLookTests
{
    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(1920, 1080)]
    [InlineData(300, 2000)]
    [InlineData(8000, 5999)]
    public void Anything_smaller_than_half_a_square_lies_whole_in_one(int width, int height)
    {
        foreach (IReadOnlyList<Region> squares in CloserLook.Levels(width, height))
        {
            double half = squares[0].Side / 2;
            Random random = new(1);
            for (int i = 0; i < 200; i++)
            {
                (double x, double y) = (random.NextDouble() * Math.Max(0, width - half), random.NextDouble() * Math.Max(0, height - half));
                (double right, double bottom) = (Math.Min(x + half, width), Math.Min(y + half, height));
                Assert.Contains(squares, s =>
                    s.CentreX - half <= x + 1e-6 && s.CentreX + half >= right - 1e-6 && s.CentreY - half <= y + 1e-6 && s.CentreY + half >= bottom - 1e-6);
            }
        }
    }

    [Fact]
    public void The_number_of_squares_is_bounded() =>
        Assert.Equal([9, 49], CloserLook.Levels(8192, 8192).Select(squares => squares.Count));

    [Theory]
    [InlineData(200, 150)]
    [InlineData(1, 1)]
    public void Tiny_pictures_are_not_looked_at_closer(int width, int height) => Assert.Empty(CloserLook.Levels(width, height));
}
