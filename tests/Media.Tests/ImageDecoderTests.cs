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
    [InlineData("a.png", "monob")]
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
    [InlineData("a.pgm", "gray")]
    [InlineData("a.avif", "yuv420p")]
    public async Task Every_kind_of_picture_shows_the_same_colours(string name, string pixelFormat)
    {
        using Scratch scratch = new();
        int grey = pixelFormat == "monob" ? 255 : 128;
        string filter = pixelFormat == "pal8" ? "split[a][b];[a]palettegen[p];[b][p]paletteuse" : "format=" + pixelFormat;
        await Samples.MakeAsync(
            "-f", "lavfi", "-i", $"color=0x{grey:x2}{grey:x2}{grey:x2}:size=96x80:rate=1:duration=1,format=rgb24", "-vf", filter, "-frames:v", "1", scratch[name]);
        File.Move(scratch[name], scratch["portrait.dat"]); // the name means nothing

        RgbImage image = await Decoder.DecodeAsync(scratch["portrait.dat"], CancellationToken.None);

        Assert.Equal((96, 80), (image.Width, image.Height));
        Assert.DoesNotContain(image.PixelsHWC, value => value < grey - 2 || value > grey + 2);
    }

    [Fact]
    public async Task Transparency_shows_white()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=red@0.5:size=64x64:rate=1:duration=1,format=rgba", "-frames:v", "1", scratch["half.png"]);
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=red@0:size=64x64:rate=1:duration=1,format=rgba", "-frames:v", "1", scratch["none.png"]);

        RgbImage half = await Decoder.DecodeAsync(scratch["half.png"], CancellationToken.None);
        RgbImage none = await Decoder.DecodeAsync(scratch["none.png"], CancellationToken.None);

        Assert.Equal(255, half.PixelsHWC[0]);
        Assert.InRange(half.PixelsHWC[1], 126, 129);
        Assert.All(none.PixelsHWC, value => Assert.Equal(255, value));
    }

    public static TheoryData<string, int, bool> Orientations()
    {
        TheoryData<string, int, bool> data = new() { { "png", 6, true }, { "png", 8, false }, { "webp", 6, true }, { "tiff", 6, true }, { "tiff", 3, true } };
        for (int exif = 1; exif <= 8; exif++)
            data.Add("jpg", exif, exif % 2 == 0);
        return data;
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public async Task A_picture_is_shown_upright_by_its_exif_orientation(string kind, int exif, bool littleEndian)
    {
        using Scratch scratch = new();
        RgbImage upright = Quarters(96, 64);
        RgbImage stored = Orientation.Upright(upright, exif switch { 6 => 8, 8 => 6, _ => exif }); // each of the others undoes itself
        PngWriter.Write(stored, scratch["stored.png"]);
        string[] lossless = kind == "webp" ? ["-lossless", "1"] : ["-q:v", "1"];
        if (kind is "jpg" or "webp")
            await Samples.MakeAsync(["-i", scratch["stored.png"], .. lossless, scratch["stored." + kind]]);
        byte[] file = kind == "tiff"
            ? HandMade.Tiff(stored.Width, stored.Height, stored.PixelsHWC, exif)
            : HandMade.WithOrientation(await File.ReadAllBytesAsync(scratch["stored." + kind]), exif, littleEndian);
        await File.WriteAllBytesAsync(scratch["portrait"], file);

        RgbImage shown = await Decoder.DecodeAsync(scratch["portrait"], CancellationToken.None);

        Assert.Equal((96, 64), (shown.Width, shown.Height));
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(16, 16), (80, 16), (16, 48), (80, 48)])
            for (int c = 0; c < 3; c++)
                Assert.InRange(shown.PixelsHWC[(((y * 96) + x) * 3) + c] - upright.PixelsHWC[(((y * 96) + x) * 3) + c], -12, 12);
    }

    [Theory]
    [InlineData("a.gif", "gif")]
    [InlineData("a.webp", "libwebp_anim")]
    [InlineData("a.apng", "apng")]
    public async Task An_animation_shows_its_first_frame(string name, string codec)
    {
        using Scratch scratch = new();
        await Samples.MakeAsync(
            "-f", "lavfi", "-i", "color=red:size=96x80:rate=5:duration=0.4", "-f", "lavfi", "-i", "color=blue:size=96x80:rate=5:duration=0.4",
            "-filter_complex", "[0][1]concat", "-c:v", codec, scratch[name]);

        RgbImage image = await Decoder.DecodeAsync(scratch[name], CancellationToken.None);

        Assert.Equal((96, 80), (image.Width, image.Height));
        Assert.InRange(image.PixelsHWC[0], 240, 255);
        Assert.InRange(image.PixelsHWC[2], 0, 15);
    }

    [Fact]
    public async Task A_first_frame_smaller_than_its_canvas_lies_on_white()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=red:size=32x24:rate=1:duration=1", "-frames:v", "1", "-lossless", "1", scratch["still.webp"]);
        await File.WriteAllBytesAsync(scratch["a.webp"], HandMade.AnimatedWebp(await File.ReadAllBytesAsync(scratch["still.webp"]), 96, 80, 16, 8));

        RgbImage image = await Decoder.DecodeAsync(scratch["a.webp"], CancellationToken.None);

        Assert.Equal((96, 80), (image.Width, image.Height));
        int[] redPixels = [.. Enumerable.Range(0, 96 * 80).Where(i => image.PixelsHWC[(3 * i) + 1] < 30)];
        Assert.Equal((32 * 24, (8 * 96) + 16), (redPixels.Length, redPixels[0]));
        Assert.Equal(255, image.PixelsHWC[1]);
    }

    [Fact]
    public async Task The_largest_picture_is_decoded()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=gray:size=8000x8000:rate=1:duration=1", "-frames:v", "1", scratch["large.jpg"]);

        RgbImage image = await Decoder.DecodeAsync(scratch["large.jpg"], CancellationToken.None);

        Assert.Equal((8000, 8000), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(8193, 100)]
    [InlineData(100, 8193)]
    [InlineData(30000, 30000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(20, 20)]
    [InlineData(63, 100)]
    public async Task A_picture_of_no_sensible_size_is_refused_from_its_header(int width, int height)
    {
        using Scratch scratch = new();
        await File.WriteAllBytesAsync(scratch["bomb.png"], HandMade.Png(width, height));
        ImageDecoder withoutDecoder = new(new MediaTools("/nowhere/ffmpeg", "/nowhere/ffprobe"));

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(() => withoutDecoder.DecodeAsync(scratch["bomb.png"], CancellationToken.None));

        Assert.Contains($"{width}x{height} pixels", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bomb.tiff")]
    [InlineData("bomb.jxl")]
    [InlineData("bomb.qoi")]
    [InlineData("bomb.ppm")]
    public async Task A_bomb_of_another_kind_is_refused_too(string name)
    {
        using Scratch scratch = new();
        byte[] bomb = name switch
        {
            "bomb.tiff" => HandMade.Tiff(30000, 30000, new byte[3000], 1),
            "bomb.qoi" => [.. "qoif"u8, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 3, 0, .. new byte[1000]],
            "bomb.ppm" => [.. "P6 30000 30000 255\n"u8, .. new byte[1000]],
            _ => [0xFF, 0x0A, 0xF8, 0x9B, 0x3A, 0xAD, 0xD4, 0x01, .. new byte[1000]],
        };
        await File.WriteAllBytesAsync(scratch[name], bomb);

        await Assert.ThrowsAsync<PermanentException>(() => Decoder.DecodeAsync(scratch[name], CancellationToken.None));
    }

    [Fact]
    public async Task A_header_that_lies_about_the_size_is_caught_when_the_pixels_come()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "testsrc=size=3000x3000:rate=1:duration=1", "-frames:v", "1", scratch["a.webp"]);
        await Samples.MakeAsync("-f", "lavfi", "-i", "testsrc=size=96x80:rate=1:duration=1", "-frames:v", "1", scratch["a.jpg"]);
        await File.WriteAllBytesAsync(scratch["lie.webp"], HandMade.LyingWebp(await File.ReadAllBytesAsync(scratch["a.webp"]), 100, 100));
        await File.WriteAllBytesAsync(scratch["lie.jpg"], HandMade.LyingJpeg(await File.ReadAllBytesAsync(scratch["a.jpg"]), 30000, 30000));
        await File.WriteAllBytesAsync(scratch["small.jpg"], HandMade.LyingJpeg(await File.ReadAllBytesAsync(scratch["a.jpg"]), 4000, 4000));

        foreach (string name in (string[])["lie.webp", "lie.jpg", "small.jpg"])
            await Assert.ThrowsAsync<PermanentException>(() => Decoder.DecodeAsync(scratch[name], CancellationToken.None));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    [InlineData("a.gif")]
    public async Task Half_a_file_is_no_picture(string name)
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "testsrc2=size=400x300:rate=1:duration=1", "-frames:v", "1", scratch[name]);
        byte[] whole = await File.ReadAllBytesAsync(scratch[name]);
        await File.WriteAllBytesAsync(scratch[name], whole[..(whole.Length / 2)]);

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(() => Decoder.DecodeAsync(scratch[name], CancellationToken.None));

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heic_picture_is_refused_with_advice()
    {
        using Scratch scratch = new();
        await File.WriteAllBytesAsync(scratch["a.heic"], [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[100]]);

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(() => Decoder.DecodeAsync(scratch["a.heic"], CancellationToken.None));

        Assert.Contains("save it as JPEG or PNG", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Red, green, blue and white quarters.</summary>
    private static RgbImage Quarters(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> colour = (x < width / 2, y < height / 2) switch
                {
                    (true, true) => [230, 20, 20],
                    (false, true) => [20, 230, 20],
                    (true, false) => [20, 20, 230],
                    _ => [240, 240, 240],
                };
                colour.CopyTo(pixels.AsSpan(((y * width) + x) * 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
