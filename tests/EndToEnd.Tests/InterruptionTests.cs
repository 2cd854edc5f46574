using System.Text.Json;
using RenderFarm.TestSupport;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Nothing is lost, nothing is rendered twice: the same command goes on where the last one ended, however it ended.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Needs.Packages)]
    [InlineData("KILL")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task The_same_command_goes_on_after_a_signal_and_gives_the_same_video(string signal)
    {
        FarmProgram farm = new(_folder);
        string[] common =
        [
            "render", "--portrait", Samples.DemoPortrait, "--audio", Samples.DemoLecture, "--size", "256", "--codec", "ffv1", "--segment-seconds", "2", "--workers", "2", "--json",
        ];
        string[] command = [.. common, "--out", _folder.At("stopped.mkv")];

        using FarmRun stopped = await farm.StartAsync(command);
        await stopped.EventAsync(e => Kind(e) == "progress" && e.GetProperty("segmentsRendered").GetInt32() >= 2);
        await stopped.SignalAsync(signal);
        Assert.NotEqual(0, await stopped.WaitAsync());
        Assert.False(File.Exists(_folder.At("stopped.mkv")), "A stopped render left a video.");

        FarmRun resumed = await farm.SucceedAsync(command);
        Assert.True(resumed.Single("planned").GetProperty("segmentsReused").GetInt32() >= 2, "Finished segments were rendered again.");
        Assert.Empty(farm.UnfinishedRenders);

        await farm.SucceedAsync([.. common, "--out", _folder.At("straight.mkv")]);
        Assert.Equal(await Tool.FrameHashesAsync(_folder.At("straight.mkv")), await Tool.FrameHashesAsync(_folder.At("stopped.mkv")));
    }

    private static string? Kind(JsonElement e) => e.GetProperty("event").GetString();
}
