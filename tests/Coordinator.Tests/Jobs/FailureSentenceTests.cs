using RenderFarm.Coordinator.Jobs;

namespace RenderFarm.Coordinator.Tests.Jobs;

public sealed class FailureSentenceTests
{
    [Fact]
    public void A_job_says_how_much_failed_what_to_do_and_what_was_said() =>
        Assert.Equal(
            "2 of 9 segments could not be done; retry the job to repeat just those. The last said: Frame 5 is black.",
            FailureSentence.ForJob(failedSegments: 2, segments: 9, failedTasks: 0, "Frame 5 is black."));

    [Fact]
    public void Joining_steps_are_counted_too() =>
        Assert.Equal(
            "1 of 9 segments and 1 of the steps that join them could not be done; retry the job to repeat just those.",
            FailureSentence.ForJob(failedSegments: 1, segments: 9, failedTasks: 1, last: null));
}
