using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Data;
using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Tests.Scenarios;

public sealed class DispatchingTests
{
    [Fact]
    public async Task No_more_than_the_window_is_on_its_way()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 10, window: 4);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        Assert.Equal([0, 1, 2, 3], commands.Select(c => c.SegmentIndex));
        await scenario.FinishAsync(commands[2]);
        Assert.Equal(4, Assert.Single(scenario.TakeSent<RenderSegment>()).SegmentIndex);
    }

    [Fact]
    public async Task A_second_job_gets_its_share_while_the_first_is_being_rendered()
    {
        using Scenario scenario = await Scenario.StartAsync(window: 4);
        Guid first = await scenario.AddRenderingJobAsync(segments: 50);
        Guid second = await scenario.AddRenderingJobAsync(segments: 5);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        IReadOnlyList<RenderSegment> next = scenario.TakeSent<RenderSegment>();
        Assert.Equal((2, 2), (next.Count(c => c.JobId == first), next.Count(c => c.JobId == second)));
    }

    [Fact]
    public async Task What_the_broker_refuses_is_sent_later()
    {
        using Scenario scenario = await Scenario.StartAsync();
        scenario.Network.Interfere = message => message is RenderSegment ? new TransientException("away") : null;
        await scenario.AddRenderingJobAsync(segments: 2);
        Assert.Empty(scenario.TakeSent<RenderSegment>());
        Assert.Equal(WorkState.Waiting, (await scenario.SegmentAsync(0)).State);

        scenario.Network.Interfere = _ => null;
        await scenario.SweepAsync(TimeSpan.FromSeconds(2));
        Assert.Equal([2, 2], scenario.TakeSent<RenderSegment>().Select(c => c.Attempt));
    }

    [Fact]
    public async Task A_job_whose_segments_rest_leaves_its_places_to_others()
    {
        using Scenario scenario = await Scenario.StartAsync(window: 2);
        await scenario.AddRenderingJobAsync(segments: 2);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FailAsync(command, FailureKind.Infrastructure);
        await scenario.AddRenderingJobAsync(segments: 3);
        Assert.Equal([scenario.JobId, scenario.JobId], scenario.TakeSent<RenderSegment>().Select(c => c.JobId));
    }

    [Fact]
    public async Task Dispatching_twice_sends_once()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        scenario.TakeSent<object>();
        scenario.Coordinator.Background.Enqueue(new(WorkKind.Dispatch));
        await scenario.SettleAsync();
        Assert.Empty(scenario.Network.OnTheWay);
    }
}
