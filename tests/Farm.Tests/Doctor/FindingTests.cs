using RenderFarm.Farm.Doctor;

namespace RenderFarm.Farm.Tests.Doctor;

public sealed class FindingTests
{
    [Theory]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026\nbuilt with gcc", "Good")]
    [InlineData("ffmpeg version n7.1 Copyright", "Good")]
    [InlineData("ffprobe version 4.4.2 Copyright", "Bad")]
    [InlineData("ffmpeg version git-2024-01-01-abcdef Copyright", "Note")]
    [InlineData("", "Note")]
    public void A_version_is_judged_by_its_first_number(string text, string mark) =>
        Assert.Equal(mark, MediaToolsCheck.Version("ffmpeg", text).Mark.ToString());

    [Fact]
    public void A_missing_encoder_is_named_with_what_to_do()
    {
        const string Table = " V..... = Video\n ------\n V....D ffv1                 FFmpeg video codec #1\n A....D aac                  AAC\n";
        Finding finding = MediaToolsCheck.EncodersIn(Table);
        Assert.Equal(FindingMark.Bad, finding.Mark);
        Assert.Contains("lacks libx264: install", finding.Text, StringComparison.Ordinal);
        Assert.Equal(FindingMark.Good, MediaToolsCheck.EncodersIn(Table + " V....D libx264              libx264 H.264\n").Mark);
    }

    [Fact]
    public void Speed_is_said_in_frames_and_for_an_hour() =>
        Assert.Equal(
            "ok    speed         96.0 frames/s with puppet at 512 px: an hour at 24 frames/s takes about 15:00 min (4.0 × real time)",
            SpeedCheck.Of(960, TimeSpan.FromSeconds(10)).Line);
}
