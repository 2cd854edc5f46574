using RenderFarm.Contracts;
using RenderFarm.Coordinator.Segments;

namespace RenderFarm.Coordinator.Tests.Segments;

public sealed class FailurePolicyTests
{
    private static readonly CoordinatorOptions s_options = new() { FirstBackOff = TimeSpan.FromSeconds(1), LongestBackOff = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(6, 60)]
    [InlineData(1_000_000, 60)]
    public void Trouble_of_the_surroundings_costs_nothing_but_patience(int setbacks, double seconds) =>
        Assert.Equal(
            new FailureVerdict(FailureAction.RetryFreely, TimeSpan.FromSeconds(seconds)),
            FailurePolicy.AfterFailure(FailureKind.Infrastructure, failures: 2, setbacks, s_options));

    [Theory]
    [InlineData(0, FailureAction.RetryCounted)]
    [InlineData(1, FailureAction.RetryCounted)]
    [InlineData(2, FailureAction.GiveUp)]
    public void The_third_failure_of_the_work_itself_is_the_last(int earlier, FailureAction expected) =>
        Assert.Equal(expected, FailurePolicy.AfterFailure(FailureKind.Rendering, earlier, setbacks: 9, s_options).Action);

    [Fact]
    public void Bad_input_fails_the_job_at_once() =>
        Assert.Equal(FailureAction.FailJob, FailurePolicy.AfterFailure(FailureKind.BadInput, failures: 0, setbacks: 0, s_options).Action);

    [Theory]
    [InlineData(0, FailureAction.RetryFreely)]
    [InlineData(2, FailureAction.RetryFreely)]
    [InlineData(3, FailureAction.GiveUp)]
    public void A_segment_on_which_three_workers_fell_silent_is_to_blame(int lostOn, FailureAction expected) =>
        Assert.Equal(expected, FailurePolicy.AfterLostLease(lostOn, setbacks: 0, s_options).Action);
}
