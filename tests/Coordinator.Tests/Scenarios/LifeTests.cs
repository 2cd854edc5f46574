using RenderFarm.Contracts;
using RenderFarm.Coordinator.Background;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Tests.Scenarios;

public sealed class LifeTests
{
    [Fact]
    public async Task A_process_that_owned_its_workers_sends_again_at_once_what_they_had()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[0]);
        await scenario.RestartAsync(ownsWorkers: true);
        await scenario.SweepAsync(TimeSpan.Zero);
        Assert.Equal([(1, 2), (2, 2)], scenario.TakeSent<RenderSegment>().Select(c => (c.SegmentIndex, c.Attempt)));
        Assert.Equal(1, (await scenario.JobAsync()).Segments.Reused);
    }

    [Fact]
    public async Task Workers_of_their_own_keep_their_segments_when_the_coordinator_comes_back()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        await scenario.DeliverAsync(RenderingTests.Progressed(command, "w1", 0.5));
        await scenario.Coordinator.WriteProgressAsync();
        scenario.Time.Advance(TimeSpan.FromMinutes(30)); // the coordinator was away, its leases are long over
        await scenario.RestartAsync();
        await scenario.SweepAsync(TimeSpan.FromSeconds(60));
        Assert.Empty(scenario.TakeSent<RenderSegment>());
    }

    [Fact]
    public async Task What_vanished_from_the_store_while_nobody_looked_is_made_again()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        foreach (RenderSegment command in commands)
            await scenario.FinishAsync(command);
        await scenario.Store.DeleteAsync($"{commands[1].OutputPrefix}after", default);
        scenario.TakeSent<BlendBorder>();
        await scenario.RestartAsync(ownsWorkers: true);
        await scenario.SweepAsync(TimeSpan.Zero);

        Assert.Equal(1, scenario.TakeSent<RenderSegment>().Single().SegmentIndex);
        Assert.All(scenario.TakeSent<BlendBorder>(), b => Assert.Fail($"Border {b.BorderIndex} has lost a side."));
    }

    [Fact]
    public async Task Inputs_that_vanished_are_prepared_again_and_finished_segments_stay()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[0]);
        await scenario.Store.DeleteAsync(commands[0].Inputs.PcmKey, default);
        await scenario.RestartAsync(ownsWorkers: true);
        await scenario.SweepAsync(TimeSpan.Zero);

        Assert.Empty(scenario.TakeSent<RenderSegment>());
        await scenario.FinishAsync(scenario.TakeSent<PrepareJob>().Single(), frameCount: 300);
        IReadOnlyList<RenderSegment> again = scenario.TakeSent<RenderSegment>();
        Assert.Equal([1, 2], again.Select(c => c.SegmentIndex));
        Assert.NotEqual(commands[0].Inputs.PcmKey, again[0].Inputs.PcmKey);
    }

    [Fact]
    public async Task Cancelling_tells_everybody_and_what_comes_late_is_cleaned_up()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        SegmentRendered late = scenario.Rendered(commands[0]);
        await scenario.Coordinator.Jobs.CancelAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        Assert.Single(scenario.TakeSent<JobCancelled>());
        Assert.Empty(scenario.Store.Keys);
        scenario.TakeSent<object>();

        await scenario.DeliverAsync(late);
        scenario.Store.Put($"{commands[1].OutputPrefix}interior", "uploaded late");
        await scenario.SweepAsync(TimeSpan.FromMinutes(6));
        Assert.Empty(scenario.Store.Keys);
        Assert.Equal(JobState.Cancelled, (await scenario.JobAsync()).State);
        Assert.Equal(0, (await scenario.JobAsync()).Segments.Rendered);

        await scenario.Coordinator.Jobs.CancelAsync(scenario.JobId, default); // no effect, no error
        await scenario.Coordinator.Jobs.RetryFailedAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        Assert.Empty(scenario.TakeSent<object>());
    }

    [Fact]
    public async Task A_deleted_job_goes_with_everything_but_not_before_its_last_object()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        await scenario.Coordinator.Jobs.DeleteAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        Assert.Null(await scenario.Coordinator.Jobs.GetAsync(scenario.JobId, default));
        scenario.Store.Put($"{command.OutputPrefix}interior", "uploaded late");

        await scenario.SweepAsync(TimeSpan.FromMinutes(6));

        Assert.Empty(scenario.Store.Keys);
        await using FarmDbContext db = scenario.Coordinator.OpenDatabase();
        Assert.Empty(db.Jobs);
        Assert.Empty(db.Segments);
    }

    [Fact]
    public async Task Unknown_jobs_are_named()
    {
        using Scenario scenario = await Scenario.StartAsync();
        Guid unknown = Guid.NewGuid();
        Assert.Null(await scenario.Coordinator.Jobs.GetAsync(unknown, default));
        Assert.Contains($"{unknown}", (await Assert.ThrowsAsync<PermanentException>(() => scenario.Coordinator.Jobs.CancelAsync(unknown, default))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PermanentException>(() => scenario.Coordinator.Jobs.RetryFailedAsync(unknown, default));
        await Assert.ThrowsAsync<PermanentException>(async () => await scenario.Coordinator.Jobs.WatchAsync(unknown, default).GetAsyncEnumerator().MoveNextAsync());
        await scenario.Coordinator.Jobs.DeleteAsync(unknown, default);
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_before_anything_is_done()
    {
        using Scenario scenario = await Scenario.StartAsync();
        await Assert.ThrowsAsync<PermanentException>(() => scenario.Coordinator.Jobs.SubmitAsync(Requests.AJob() with { Priority = 99 }, default));
        await using FarmDbContext db = scenario.Coordinator.OpenDatabase();
        Assert.Empty(db.Jobs);
    }

    [Fact]
    public async Task Retrying_repeats_just_what_failed()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[0]);
        await scenario.FinishAsync(commands[2]);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        RenderSegment failing = commands[1];
        for (int i = 0; i < 3; i++)
        {
            await scenario.FailAsync(failing, worker: $"w{i}");
            await scenario.SweepAsync(TimeSpan.FromSeconds(30));
            failing = scenario.TakeSent<RenderSegment>().SingleOrDefault() ?? failing;
        }

        Assert.Equal(JobState.NeedsAttention, (await scenario.JobAsync()).State);
        await scenario.Coordinator.Jobs.RetryFailedAsync(scenario.JobId, default);
        await scenario.SettleAsync();

        RenderSegment again = scenario.TakeSent<RenderSegment>().Single();
        Assert.Equal((1, 4), (again.SegmentIndex, again.Attempt));
        Assert.Empty(again.ExcludedWorkers);
        await scenario.FinishAsync(again, "w0");
        foreach (BlendBorder blend in scenario.TakeSent<BlendBorder>())
            await scenario.FinishAsync(blend);
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(JobState.Completed, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task Background_work_for_jobs_that_do_not_want_it_is_harmless()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        scenario.TakeSent<object>();
        JobSnapshot before = await scenario.JobAsync();
        foreach (WorkKind kind in Enum.GetValues<WorkKind>())
        {
            await scenario.Coordinator.RunAsync(new(kind, scenario.JobId));
            await scenario.Coordinator.RunAsync(new(kind, Guid.NewGuid()));
        }

        JobSnapshot after = await scenario.JobAsync();
        Assert.Empty(scenario.Network.OnTheWay);
        Assert.Equal((before.State, before.Segments), (after.State, after.Segments));
    }
}
