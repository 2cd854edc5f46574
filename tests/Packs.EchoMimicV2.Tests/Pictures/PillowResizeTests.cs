using System.Diagnostics;
using RenderFarm.Imaging;
using RenderFarm.Packs.EchoMimicV2.Pictures;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Pictures;

public sealed class PillowResizeTests
{
    [SharedTheory]
    [InlineData("ref_u8_lanczos_128x128.npy", 128, 128, PictureFilter.Lanczos)]
    [InlineData("ref_u8_lanczos_128x192.npy", 192, 128, PictureFilter.Lanczos)]
    [InlineData("ref_u8_bicubic_128x128.npy", 128, 128, PictureFilter.Bicubic)]
    public async Task Every_byte_is_the_official_one(string file, int width, int height, PictureFilter filter)
    {
        RgbImage portrait = await ReadAsync(Path.Combine(Golden.Folder, "02_vae/ref_0035.png"), 1024);
        RgbImage resized = PillowResize.Resize(portrait, width, height, filter);
        Assert.Equal(Golden.Npy($"02_vae/{file}").Bytes(), resized.PixelsHWC);
    }

    [Fact]
    public void A_flat_picture_stays_flat()
    {
        RgbImage flat = new(37, 23, [.. Enumerable.Repeat((byte)200, 37 * 23 * 3)]);
        Assert.All(PillowResize.Resize(flat, 64, 8, PictureFilter.Lanczos).PixelsHWC, value => Assert.Equal(200, value));
    }

    private static async Task<RgbImage> ReadAsync(string path, int size)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"])
        {
            RedirectStandardOutput = true,
        })!;
        byte[] pixels = new byte[size * size * 3];
        await ffmpeg.StandardOutput.BaseStream.ReadExactlyAsync(pixels);
        await ffmpeg.WaitForExitAsync();
        return new RgbImage(size, size, pixels);
    }
}
