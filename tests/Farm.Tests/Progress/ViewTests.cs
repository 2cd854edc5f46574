using System.Text.Json;
using RenderFarm.Farm.Progress;
using Spectre.Console;

namespace RenderFarm.Farm.Tests.Progress;

public sealed class ViewTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly StringWriter output = new();
    private readonly StringWriter notes = new();

    public void Dispose()
    {
        output.Dispose();
        notes.Dispose();
    }

    [Fact]
    public void Json_is_one_object_a_line_with_version_and_kind()
    {
        JsonView view = new(output, time);
        foreach (RenderEvent happened in SampleEvents.All)
            view.Show(happened);
        JsonElement[] lines = [.. Lines(output).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["started", "planned", "warning", "progress", "completed", "failed", "stopped"],
            lines.Select(line => line.GetProperty("event").GetString()));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("v").GetInt32()));
    }

    [Theory]
    [InlineData("started", "v,key,portrait,audio,out,pack,sizePixels,frameRate,steps,seed,workers")]
    [InlineData("planned", "v,frames,videoSeconds,segments,segmentsReused")]
    [InlineData("warning", "v,sentence")]
    [InlineData("progress", "v,stage,frames,framesDone,framesPerSecond,secondsLeft,secondsLeftAtLeast,secondsLeftAtMost,segments,segmentsRendered,segmentsFailed,workers,fraction")]
    [InlineData("completed", "v,out,sizeBytes,frames,videoSeconds,elapsedSeconds,timesRealTime,keptFrames")]
    [InlineData("failed", "v,sentence")]
    [InlineData("stopped", "v,segments,segmentsRendered")]
    public void Fields_of_version_1_stay_what_they_are(string kind, string fields)
    {
        JsonView view = new(output, time);
        foreach (RenderEvent happened in SampleEvents.All)
            view.Show(happened);
        JsonElement line = Lines(output).Select(text => JsonDocument.Parse(text).RootElement).Single(e => e.GetProperty("event").GetString() == kind);
        Assert.Equal(fields.Split(',').Prepend("event").Order(), line.EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public void Json_keeps_quotes_and_letters_readable()
    {
        new JsonView(output, time).Show(new RenderFailed { Sentence = "It's “ä”." });
        Assert.Contains("It's “ä”.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_progress_comes_every_few_seconds_and_at_once_when_the_stage_changes()
    {
        PlainView view = new(output, notes, time);
        for (int tenth = 0; tenth < 100; tenth++)
        {
            view.Show(SampleEvents.Progress(stage: tenth < 70 ? "rendering" : "joining"));
            time.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal(["rendering", "rendering", "joining"], Lines(notes).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void Plain_output_holds_the_path_of_the_video_and_nothing_else()
    {
        PlainView view = new(output, notes, time);
        foreach (RenderEvent happened in SampleEvents.All)
            view.Show(happened);
        Assert.Equal(["/videos/a.mp4"], Lines(output));
    }

    [Fact]
    public void The_terminal_shows_a_bar_for_the_whole_and_a_line_per_worker()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(notes) });
        console.Profile.Width = 140;
        console.Write(TerminalView.Picture(SampleEvents.Progress()));
        string[] lines = Lines(notes);
        Assert.Equal(2, lines.Length);
        Assert.Matches("^rendering   ━{20}─{12}  62 %  593 of 955 frames  84.2 frames/s  about 1:12 min left", lines[0]);
        Assert.Matches("^here-cpu-0  ━{8}─{24}  25 %  segment 3 of 4  denoising", lines[1]);
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
