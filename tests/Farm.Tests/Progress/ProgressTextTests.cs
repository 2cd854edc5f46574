using RenderFarm.Farm.Progress;

namespace RenderFarm.Farm.Tests.Progress;

public sealed class ProgressTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1:00 min")]
    [InlineData(187, "3:07 min")]
    [InlineData(3723, "1:02:03 h")]
    [InlineData(360000, "100:00:00 h")]
    [InlineData(-5, "0 s")]
    public void Times_read_as_people_say_them(double seconds, string text) => Assert.Equal(text, ProgressText.Time(seconds));

    [Fact]
    public void Progress_names_stage_share_frames_speed_and_an_interval_for_the_rest() =>
        Assert.Equal(
            "rendering: 62 %, 593 of 955 frames, 84.2 frames/s, about 1:12 min left (1:00 min to 1:35 min)",
            ProgressText.Line(SampleEvents.Progress()));

    [Fact]
    public void Nothing_is_claimed_about_a_rest_that_nobody_knows() =>
        Assert.Equal("rendering: 62 %, 593 of 955 frames, 84.2 frames/s", ProgressText.Line(SampleEvents.Progress(left: null)));

    [Fact]
    public void A_hundred_per_cent_means_done()
    {
        Assert.StartsWith("rendering: 99 %, 954 of", ProgressText.Line(SampleEvents.Progress(framesDone: 954.99)), StringComparison.Ordinal);
        Assert.StartsWith("rendering: 100 %", ProgressText.Line(SampleEvents.Progress(framesDone: 955)), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_length_is_known_only_the_stage_is_said() =>
        Assert.Equal("preparing", ProgressText.Line(SampleEvents.Progress(stage: "preparing") with { Frames = 0 }));

    [Theory]
    [InlineData(0, "40 s of video, 955 frames in 4 segments")]
    [InlineData(3, "40 s of video, 955 frames in 4 segments; resuming: 3 of 4 segments are already rendered")]
    public void A_plan_says_what_is_reused(int reused, string text) =>
        Assert.Equal(text, ProgressText.Line(new RenderPlanned { Frames = 955, VideoSeconds = 39.8, Segments = 4, SegmentsReused = reused }));

    [Fact]
    public void The_end_says_length_frames_size_time_and_speed() =>
        Assert.Equal("done: 40 s of video (955 frames, 1.2 MB) in 8 s, 4.7 × real time", ProgressText.Line(SampleEvents.Completed));

    [Theory]
    [InlineData(4, 0, "stopped before any segment was rendered")]
    [InlineData(0, 0, "stopped before any segment was rendered")]
    [InlineData(4, 2, "stopped: 2 of 4 segments are kept; the same command goes on from there")]
    public void A_stop_says_what_is_kept(int segments, int rendered, string text) =>
        Assert.Equal(text, ProgressText.Line(new RenderStopped { Segments = segments, SegmentsRendered = rendered }));

    [Fact]
    public void Every_kind_of_event_is_a_single_line_at_most() =>
        Assert.All(SampleEvents.All, happened => Assert.DoesNotContain('\n', ProgressText.Line(happened) ?? ""));
}
