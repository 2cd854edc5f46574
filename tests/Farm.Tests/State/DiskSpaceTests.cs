using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Tests.State;

public sealed class DiskSpaceTests
{
    private static readonly VideoEncoding Usual = new() { Codec = VideoCodec.H264, Crf = 18, FrameRate = new(24, 1), SizePixels = 512 };

    [Fact]
    public void A_disk_that_is_too_small_is_said_with_both_numbers()
    {
        PermanentException refused = Assert.Throws<PermanentException>(() => DiskSpace.Require(Path.GetTempPath(), 1L << 60));
        Assert.Matches(@"needs about \d[\d.]* GB there and \d[\d.]* \wB are free", refused.Message);
        DiskSpace.Require(Path.GetTempPath(), 1);
    }

    [Fact]
    public void Lossless_large_and_long_videos_need_more()
    {
        static long Bytes(VideoEncoding encoding, long frames = 1440) => DiskSpace.VideoBytes(encoding, frames, TimeSpan.FromSeconds(frames / 24.0));
        long usual = Bytes(Usual);
        Assert.True(Bytes(Usual with { Codec = VideoCodec.Ffv1 }) > 5 * usual);
        Assert.True(Bytes(Usual with { SizePixels = 1024 }) > 3 * usual);
        Assert.True(Bytes(Usual with { Crf = 24 }) < usual);
        Assert.Equal(2 * usual, Bytes(Usual, 2880), tolerance: 2);
    }

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(1_234_567, "1.2 MB")]
    [InlineData(2_000_000_000, "2 GB")]
    public void Sizes_read_as_people_say_them(long bytes, string text) => Assert.Equal(text, DiskSpace.Text(bytes));
}
