using System.Diagnostics;
using System.Globalization;
using RenderFarm.Packs.TestPattern;
using RenderFarm.TestSupport;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Exact time: the frame count, every frame once and in order, sound and picture in step to the end.</summary>
public sealed class TimeTests : IDisposable
{
    private const int Size = 64;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Packages)]
    [InlineData(0.2, "24")]
    [InlineData(1, "30000/1001")]
    [InlineData(9.99, "25")]
    [InlineData(61.3, "30")]
    [InlineData(61.3, "30000/1001")]
    public Task Every_frame_is_there_once_and_a_click_is_seen_when_it_is_heard(double seconds, string rate) => CheckAsync(seconds, rate);

    [RequiresTheory(Needs.Packages)]
    [Trait("Category", "Long")]
    [InlineData("24")]
    [InlineData("25")]
    [InlineData("30")]
    [InlineData("30000/1001")]
    public Task At_the_end_of_an_hour_too(string rate) => CheckAsync(3600.7, rate);

    private async Task CheckAsync(double seconds, string rate)
    {
        FarmProgram farm = new(_folder);
        double click = seconds * 0.97;
        string audio = _folder.At("click.wav");
        await Tool.RunAsync("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
            $"aevalsrc='if(between(t,{Tool.Text(click)},{Tool.Text(click + 0.004)}),0.9*sin(2*PI*1000*t),0)':s=16000:d={Tool.Text(seconds)}", audio);
        string video = _folder.At("v.mp4");

        await farm.SucceedAsync("render", "--pack", "test-pattern", "--size", "64", "--portrait", Samples.DemoPortrait, "--audio", audio, "--out", video,
            "--fps", rate, "--json");

        double framesPerSecond = rate.Contains('/', StringComparison.Ordinal) ? 30000 / 1001.0 : double.Parse(rate, CultureInfo.InvariantCulture);
        long expected = Math.Max(1, (long)Math.Round(seconds * framesPerSecond, MidpointRounding.AwayFromZero));
        List<TestPatternStamp> stamps = await ReadAsync(video);
        Assert.Equal(Enumerable.Range(0, (int)expected).Select(frame => (long)frame), stamps.Select(stamp => stamp.FrameNumber));

        long marked = stamps.FindIndex(stamp => stamp.Marker);
        Assert.InRange(marked, (click * framesPerSecond) - 1.5, (click * framesPerSecond) + 1.5);
        Assert.InRange(await HeardAsync(video), click - (1.2 / framesPerSecond), click + (1.2 / framesPerSecond));

        double picture = double.Parse(await Tool.ProbeAsync(video, "v:0", "stream=duration"), CultureInfo.InvariantCulture);
        double sound = double.Parse(await Tool.ProbeAsync(video, "a:0", "stream=duration"), CultureInfo.InvariantCulture);
        Assert.InRange(Math.Abs(picture - sound), 0, 1.001 / framesPerSecond);
    }

    private static async Task<List<TestPatternStamp>> ReadAsync(string video)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-v", "error", "-i", video, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]) { RedirectStandardOutput = true })!;
        byte[] frame = new byte[Size * Size * 3];
        List<TestPatternStamp> stamps = [];
        while (await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            TestPatternStamp? stamp = TestPatternReader.Read(frame, Size);
            Assert.True(stamp is not null, $"Frame {stamps.Count} is no test pattern.");
            stamps.Add(stamp.Value);
        }

        await ffmpeg.WaitForExitAsync();
        return stamps;
    }

    /// <summary>Second of the loudest sample of the video's sound.</summary>
    private static async Task<double> HeardAsync(string video)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-v", "error", "-i", video, "-map", "0:a:0", "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"]) { RedirectStandardOutput = true })!;
        byte[] block = new byte[1 << 16];
        long at = 0, loudestAt = 0;
        int loudest = -1;
        for (int read; (read = await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false)) > 1;)
        {
            for (int i = 0; i + 1 < read; i += 2, at++)
            {
                int level = Math.Abs((int)BitConverter.ToInt16(block, i));
                if (level > loudest)
                    (loudest, loudestAt) = (level, at);
            }
        }

        await ffmpeg.WaitForExitAsync();
        return loudestAt / 16000.0;
    }
}
