using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Imaging.Tests;

public sealed class Bt709Yuv420Tests
{
    private static readonly Arbitrary<(int Width, int Height, int Seed)> Sizes = (
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 12)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (2 * width, 2 * height, seed)).ToArbitrary();

    [Fact]
    public void No_sample_is_further_than_one_step_from_the_standard_in_double_precision() => Prop.ForAll(Sizes, drawn =>
    {
        byte[] rgb = Noise(drawn);
        return Convert(rgb, drawn.Width, drawn.Height, vectorised: true)
            .Zip(Reference(rgb, drawn.Width, drawn.Height), (ours, exact) => Math.Abs(ours - exact))
            .All(error => error < 0.51); // rounding of the exact value, and of the factors
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Vectors_and_plain_code_agree_to_the_bit() => Prop.ForAll(Sizes, drawn =>
    {
        byte[] rgb = Noise(drawn);
        return Convert(rgb, drawn.Width, drawn.Height, vectorised: true).SequenceEqual(Convert(rgb, drawn.Width, drawn.Height, vectorised: false));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_grey_has_no_colour_and_black_and_white_are_the_limits()
    {
        for (int grey = 0; grey < 256; grey++)
        {
            byte[] yuv = Convert([.. Enumerable.Repeat((byte)grey, 16 * 2 * 3)], 16, 2, vectorised: true);
            Assert.All(yuv[..32], luma => Assert.Equal(Math.Round(16 + (219 * grey / 255.0)), luma));
            Assert.All(yuv[32..], chroma => Assert.Equal(128, chroma));
        }
    }

    [Theory]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    public void Primaries_have_the_published_values(int r, int g, int b, int luma, int blue, int red)
    {
        byte[] yuv = Convert([.. Enumerable.Repeat((byte[])[(byte)r, (byte)g, (byte)b], 64).SelectMany(pixel => pixel)], 8, 8, vectorised: true);
        Assert.Equal((luma, blue, red), (yuv[0], yuv[64], yuv[80]));
    }

    [Fact]
    public void Odd_sizes_and_wrong_buffers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bt709Yuv420.Convert(new byte[3 * 2 * 3], 3, 2, new byte[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bt709Yuv420.Convert(new byte[2 * 3 * 3], 2, 3, new byte[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bt709Yuv420.Convert(new byte[11], 2, 2, new byte[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bt709Yuv420.Convert(new byte[12], 2, 2, new byte[5]));
    }

    private static byte[] Noise((int Width, int Height, int Seed) drawn)
    {
        byte[] rgb = new byte[drawn.Width * drawn.Height * 3];
        new Random(drawn.Seed).NextBytes(rgb);
        // Extremes are where packing and rounding could go wrong.
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = rgb[i] < 64 ? (byte)0 : rgb[i] > 192 ? (byte)255 : rgb[i];
        return rgb;
    }

    private static byte[] Convert(byte[] rgb, int width, int height, bool vectorised)
    {
        byte[] yuv = new byte[Bt709Yuv420.ByteCount(width, height)];
        Bt709Yuv420.Convert(rgb, width, height, yuv, vectorised);
        return yuv;
    }

    /// <summary>ITU-R BT.709-6 in doubles, not rounded.</summary>
    private static double[] Reference(byte[] rgb, int width, int height)
    {
        (double Y, double B, double R) At(int x, int y)
        {
            int at = ((y * width) + Math.Max(x, 0)) * 3;
            double r = rgb[at] / 255.0, g = rgb[at + 1] / 255.0, b = rgb[at + 2] / 255.0;
            double luma = (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
            return (luma, (b - luma) / 1.8556, (r - luma) / 1.5748);
        }

        double Chroma(int x, int y, Func<(double Y, double B, double R), double> of) => 128 + (224 * (
            of(At((2 * x) - 1, 2 * y)) + (2 * of(At(2 * x, 2 * y))) + of(At((2 * x) + 1, 2 * y))
            + of(At((2 * x) - 1, (2 * y) + 1)) + (2 * of(At(2 * x, (2 * y) + 1))) + of(At((2 * x) + 1, (2 * y) + 1))) / 8);

        IEnumerable<double> luma = from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select 16 + (219 * At(x, y).Y);
        IEnumerable<double> blue = from y in Enumerable.Range(0, height / 2) from x in Enumerable.Range(0, width / 2) select Chroma(x, y, c => c.B);
        IEnumerable<double> red = from y in Enumerable.Range(0, height / 2) from x in Enumerable.Range(0, width / 2) select Chroma(x, y, c => c.R);
        return [.. luma, .. blue, .. red];
    }
}
