using RenderFarm.Imaging;

namespace RenderFarm.MediaPipe.Tests;

public sealed class CropSamplerTests
{
    private static readonly RgbImage Noise = RandomImage(seed: 1, width: 13, height: 9);

    [Fact]
    public void A_crop_that_falls_on_pixels_is_those_pixels()
    {
        float[] crop = Sample(Noise, new Region(5, 5, 4, 0), 4);
        for (int y = 0; y < 4; y++)
            for (int i = 0; i < 12; i++)
                Assert.Equal(Noise.PixelsHWC[((((y + 3) * 13) + 3) * 3) + i], crop[(y * 12) + i]);
    }

    [Fact]
    public void Values_between_pixels_are_not_rounded()
    {
        RgbImage two = new(2, 1, [0, 10, 200, 1, 20, 100]);
        float[] crop = Sample(two, new Region(1.25, 0.5, 1, 0), 1);
        Assert.Equal([0.75f, 17.5f, 125], crop);
    }

    [Theory]
    [InlineData(6.3, 4.1, 7.7, 0.3, 5, false)]
    [InlineData(6.3, 4.1, 7.7, -2.9, 8, true)]
    [InlineData(1, 1, 30, 1.2, 16, true)]
    [InlineData(1, 1, 30, 1.2, 16, false)]
    [InlineData(12.9, 8.9, 2, 0.1, 7, false)] // the corner where the last pixel of the picture lies
    public void Any_crop_equals_the_plain_computation(double x, double y, double side, double rotation, int size, bool black)
    {
        Region region = new(x, y, side, rotation);
        CropBorder border = black ? CropBorder.Black : CropBorder.Replicate;
        float[] crop = Sample(Noise, region, size, border, 1 / 127.5f, -1);
        for (int i = 0; i < crop.Length; i++)
            Assert.Equal(Plain(Noise, region, size, border, i / 3 % size, i / 3 / size, i % 3), crop[i], 1e-5);
    }

    /// <summary>Floors, fractions and edges one by one, for a single number.</summary>
    private static double Plain(RgbImage image, Region region, int size, CropBorder border, int column, int row, int channel)
    {
        double u = (((column + 0.5) / size) - 0.5) * region.Side;
        double v = (((row + 0.5) / size) - 0.5) * region.Side;
        double x = region.CentreX + (u * Math.Cos(region.Rotation)) - (v * Math.Sin(region.Rotation));
        double y = region.CentreY + (u * Math.Sin(region.Rotation)) + (v * Math.Cos(region.Rotation));
        if (border == CropBorder.Black && (x < 0 || y < 0 || x > image.Width || y > image.Height))
            return -1;
        double value = 0;
        for (int dy = 0; dy <= 1; dy++)
        {
            for (int dx = 0; dx <= 1; dx++)
            {
                double left = Math.Floor(x - 0.5) + dx;
                double top = Math.Floor(y - 0.5) + dy;
                double weight = (1 - Math.Abs(x - 0.5 - left)) * (1 - Math.Abs(y - 0.5 - top));
                int column2 = (int)Math.Clamp(left, 0, image.Width - 1);
                int row2 = (int)Math.Clamp(top, 0, image.Height - 1);
                value += weight * image.PixelsHWC[(((row2 * image.Width) + column2) * 3) + channel];
            }
        }

        return (value / 127.5) - 1;
    }

    private static float[] Sample(
        RgbImage image, Region region, int size, CropBorder border = CropBorder.Replicate, float scale = 1, float offset = 0)
    {
        float[] crop = new float[size * size * 3];
        CropSampler.Sample(image, region, size, border, scale, offset, crop);
        return crop;
    }

    private static RgbImage RandomImage(int seed, int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
