using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;

namespace RenderFarm.Coordinator.Tests.Jobs;

public sealed class JobOutcomeTests
{
    private static readonly JobCounts s_complete = new()
    {
        State = JobState.Rendering,
        Segments = 3,
        RenderedSegments = 3,
        OpenSegments = 0,
        FailedSegments = 0,
        Borders = 2,
        BlendedBorders = 2,
        OpenTasks = 0,
        FailedTasks = 0,
    };

    [Fact]
    public void With_all_chunks_there_the_video_is_joined() => Assert.Equal(JobStep.Join, JobOutcome.Decide(s_complete));

    [Fact]
    public void The_audio_track_is_waited_for() => Assert.Equal(JobStep.GoOn, JobOutcome.Decide(s_complete with { OpenTasks = 1 }));

    [Fact]
    public void A_missing_border_is_waited_for() => Assert.Equal(JobStep.GoOn, JobOutcome.Decide(s_complete with { BlendedBorders = 1 }));

    [Fact]
    public void A_failed_segment_does_not_stop_the_others() =>
        Assert.Equal(JobStep.GoOn, JobOutcome.Decide(s_complete with { RenderedSegments = 1, OpenSegments = 1, FailedSegments = 1, BlendedBorders = 0 }));

    [Fact]
    public void When_the_others_are_done_a_failed_segment_asks_for_attention() =>
        Assert.Equal(JobStep.AskForAttention, JobOutcome.Decide(s_complete with { RenderedSegments = 2, FailedSegments = 1, BlendedBorders = 0 }));

    [Fact]
    public void A_failed_join_asks_for_attention() =>
        Assert.Equal(JobStep.AskForAttention, JobOutcome.Decide(s_complete with { State = JobState.Muxing, FailedTasks = 1 }));

    [Fact]
    public void Joining_goes_on() => Assert.Equal(JobStep.GoOn, JobOutcome.Decide(s_complete with { State = JobState.Muxing }));

    [Theory]
    [InlineData(JobState.Created)]
    [InlineData(JobState.Preparing)]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.NeedsAttention)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    public void Only_running_jobs_take_steps(JobState state) =>
        Assert.Equal(JobStep.GoOn, JobOutcome.Decide(s_complete with { State = state, FailedSegments = 1 }));
}
