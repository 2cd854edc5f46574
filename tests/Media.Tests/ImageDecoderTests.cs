using RenderFarm.Failures;
using RenderFarm.Imaging;

namespace RenderFarm.Media.Tests;

public sealed class ImageDecoderTests
{
    private static readonly ImageDecoder Decoder = new(MediaTools.FromPath);

    [Theory]
    [InlineData("a.png", "rgb24")]
    [InlineData("a.png", "rgba")]
    [InlineData("a.png", "gray")]
    [InlineData("a.png", "gray16be")]
    [InlineData("a.png", "rgb48be")]
    [InlineData("a.png", "rgba64be")]
    [InlineData("a.png", "ya8")]
    [InlineData("a.png", "pal8")]
    [InlineData("a.jpg", "yuvj420p")]
    [InlineData("a.jpg", "yuvj444p")]
    [InlineData("a.jpg", "gray")]
    [InlineData("a.webp", "yuv420p")]
    [InlineData("a.webp", "bgra")]
    [InlineData("a.gif", "pal8")]
    [InlineData("a.bmp", "bgr24")]
    [InlineData("a.tiff", "rgb24")]
    [InlineData("a.jp2", "rgb24")]
    [InlineData("a.jxl", "rgb24")]
    [InlineData("a.qoi", "rgb24")]
    [InlineData("a.ppm", "rgb24")]
    [InlineData("a.avif", "yuv420p")]
    public async Task Every_kind_of_picture_shows_the_same_colours(string name, string pixelFormat)
    {
        using Scratch scratch = new();
        string filter = pixelFormat == "pal8" ? "split[a][b];[a]palettegen[p];[b][p]paletteuse" : "format=" + pixelFormat;
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=0x808080:size=96x80:rate=1:duration=1,format=rgb24", "-vf", filter, "-frames:v", "1", scratch[name]);

        RgbImage image = await Decoder.DecodeAsync(scratch[name], CancellationToken.None);

        Assert.Equal((96, 80), (image.Width, image.Height));
        Assert.DoesNotContain(image.PixelsHWC, value => value is < 126 or > 130);
    }

    [Theory]
    [InlineData(8193, 100)]
    [InlineData(100, 8193)]
    [InlineData(30000, 30000)]
    [InlineData(20, 20)]
    [InlineData(63, 100)]
    public async Task A_picture_of_no_sensible_size_is_refused_from_its_header(int width, int height)
    {
        using Scratch scratch = new();
        byte[] png = HandMade.Png(width, height);
        await File.WriteAllBytesAsync(scratch["bomb.png"], png);

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(() => Decoder.DecodeAsync(scratch["bomb.png"], CancellationToken.None));

        Assert.Contains($"{width}x{height} pixels", refused.Message, StringComparison.Ordinal);
    }
}
