using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Tests.State;

public sealed class OutputFileTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_video_appears_under_its_name_only_when_it_is_whole()
    {
        OutputFile output = OutputFile.Check(temp.At("v.mp4"), VideoCodec.H264, replace: false);
        Assert.Empty(temp.Contents());
        await output.WriteAsync(async partial =>
        {
            await File.WriteAllTextAsync(partial, "half");
            Assert.Equal(["v.mp4.partial"], temp.Contents());
        });
        Assert.Equal(["v.mp4"], temp.Contents());
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing()
    {
        OutputFile output = OutputFile.Check(temp.At("v.mp4"), VideoCodec.H264, replace: false);
        PermanentException failed = await Assert.ThrowsAsync<PermanentException>(() => output.WriteAsync(async partial =>
        {
            await File.WriteAllTextAsync(partial, "half");
            throw new IOException("No space left on device");
        }));
        Assert.Contains("No space left", failed.Message, StringComparison.Ordinal);
        Assert.Empty(temp.Contents());
    }

    [Fact]
    public void An_output_that_exists_needs_force()
    {
        string there = temp.Write("v.mp4", "precious");
        Assert.Contains("--force", Refusal(there), StringComparison.Ordinal);
        OutputFile.Check(there, VideoCodec.H264, replace: true);
        Assert.Equal("precious", File.ReadAllText(there));
    }

    [Fact]
    public async Task An_output_that_appears_while_rendering_is_not_replaced()
    {
        OutputFile output = OutputFile.Check(temp.At("v.mp4"), VideoCodec.H264, replace: false);
        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(() => output.WriteAsync(async partial =>
        {
            await File.WriteAllTextAsync(partial, "ours");
            await File.WriteAllTextAsync(temp.At("v.mp4"), "theirs");
        }));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", await File.ReadAllTextAsync(temp.At("v.mp4")));
        Assert.Equal(["v.mp4"], temp.Contents());
    }

    [Theory]
    [InlineData("v.avi", VideoCodec.H264, "must end in .mp4")]
    [InlineData("v", VideoCodec.H264, "must end in .mp4")]
    [InlineData("v.avi", VideoCodec.Ffv1, "must end in .mkv")]
    [InlineData("v.mkv", VideoCodec.H264, "must end in .mp4")]
    [InlineData("no-such-folder/v.mp4", VideoCodec.H264, "does not exist")]
    [InlineData("folder.mp4", VideoCodec.H264, "is a folder")]
    [InlineData("link.mp4", VideoCodec.H264, "--force")]
    public void An_output_that_cannot_be_is_refused_before_anything_is_rendered(string name, VideoCodec codec, string words)
    {
        Directory.CreateDirectory(temp.At("folder.mp4"));
        File.CreateSymbolicLink(temp.At("link.mp4"), temp.At("nowhere"));
        Assert.Contains(words, Refusal(temp.At(name), codec), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_is_not_overwritten()
    {
        string input = temp.Write("v.mp4", "the lecture");
        PermanentException refused = Assert.Throws<PermanentException>(() => OutputFile.Check(input, VideoCodec.H264, replace: true, input));
        Assert.Contains("is also an input", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_anything_is_rendered() =>
        Assert.Contains("cannot be written", Refusal("/proc/v.mp4"), StringComparison.Ordinal); // even root may not

    private static string Refusal(string path, VideoCodec codec = VideoCodec.H264) =>
        Assert.Throws<PermanentException>(() => OutputFile.Check(path, codec, replace: false)).Message;
}
