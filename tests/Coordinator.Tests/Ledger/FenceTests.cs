using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Tests.Ledger;

public sealed class FenceTests
{
    [Theory]
    [InlineData(WorkState.InFlight, 2, true)]
    [InlineData(WorkState.InFlight, 1, true)] // an earlier attempt whose lease ran out was only slow
    [InlineData(WorkState.Waiting, 1, true)]
    [InlineData(WorkState.Failed, 1, true)]
    [InlineData(WorkState.Done, 2, false)]
    [InlineData(WorkState.Cancelled, 2, false)]
    [InlineData(WorkState.Blocked, 1, false)]
    [InlineData(WorkState.InFlight, 3, false)]
    [InlineData(WorkState.InFlight, 0, false)]
    public void The_first_result_of_any_attempt_counts(WorkState state, int attempt, bool accepted) =>
        Assert.Equal(accepted, Fence.AcceptsResult(AJob(JobState.Rendering), AWork(state, attempt: 2), attempt));

    [Theory]
    [InlineData(WorkState.InFlight, 2, true)]
    [InlineData(WorkState.InFlight, 1, false)]
    [InlineData(WorkState.Waiting, 2, false)]
    [InlineData(WorkState.Done, 2, false)]
    public void A_failure_counts_for_the_current_attempt_only(WorkState state, int attempt, bool accepted) =>
        Assert.Equal(accepted, Fence.AcceptsFailure(AJob(JobState.Rendering), AWork(state, attempt: 2), attempt));

    [Theory]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.NeedsAttention)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    public void Nothing_counts_after_the_end(JobState state)
    {
        Assert.False(Fence.AcceptsResult(AJob(state), AWork(WorkState.InFlight, attempt: 1), 1));
        Assert.False(Fence.AcceptsFailure(AJob(state), AWork(WorkState.InFlight, attempt: 1), 1));
    }

    private static TaskRow AWork(WorkState state, int attempt) => new() { State = state, Attempt = attempt };

    private static JobRow AJob(JobState state) => new()
    {
        Title = "",
        Generator = "",
        AudioKey = "",
        PortraitKey = "",
        Settings = Requests.AJob().Settings,
        Warnings = [],
        State = state,
    };
}
