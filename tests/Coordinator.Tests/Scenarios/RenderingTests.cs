using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Data.Segments;

namespace RenderFarm.Coordinator.Tests.Scenarios;

public sealed class RenderingTests
{
    [Fact]
    public async Task A_border_is_blended_as_soon_as_both_its_sides_are_there()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 4);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[2]);
        Assert.Empty(scenario.TakeSent<BlendBorder>());
        await scenario.FinishAsync(commands[1]); // out of order
        BlendBorder blend = Assert.Single(scenario.TakeSent<BlendBorder>());
        Assert.Equal((1, commands[1].BorderAfter), (blend.BorderIndex, blend.Frames));
        await scenario.FinishAsync(commands[0]);
        Assert.Equal(0, Assert.Single(scenario.TakeSent<BlendBorder>()).BorderIndex);
    }

    [Fact]
    public async Task A_second_delivery_of_a_result_changes_nothing()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        SegmentRendered fact = scenario.Rendered(commands[0]);
        await scenario.DeliverAsync(fact);
        await scenario.FinishAsync(commands[1]);
        scenario.TakeSent<object>();
        await scenario.DeliverAsync(fact);
        Assert.Empty(scenario.Network.OnTheWay);
        Assert.Equal(2, (await scenario.JobAsync()).Segments.Rendered);
    }

    [Fact]
    public async Task The_first_result_wins_and_the_second_does_not_replace_it()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment first = scenario.TakeSent<RenderSegment>().Single();
        await scenario.SweepAsync(TimeSpan.FromHours(3));
        await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        RenderSegment second = scenario.TakeSent<RenderSegment>().Single();
        SegmentRendered late = scenario.Rendered(first, "slow");
        await scenario.DeliverAsync(scenario.Rendered(second, "quick"));
        await scenario.DeliverAsync(late);
        SegmentRow segment = await scenario.SegmentAsync(0);
        Assert.Equal(("quick", $"{second.OutputPrefix}interior"), (segment.WorkerId, segment.InteriorKey));
    }

    [Fact]
    public async Task A_slow_result_is_taken_rather_than_rendered_again()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment first = scenario.TakeSent<RenderSegment>().Single();
        await scenario.SweepAsync(TimeSpan.FromHours(3)); // taken back, waiting for its back-off
        await scenario.FinishAsync(first);
        await scenario.SweepAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(scenario.TakeSent<RenderSegment>());
        Assert.Equal(1, (await scenario.JobAsync()).Segments.Rendered);
    }

    [Fact]
    public async Task A_failed_segment_is_tried_on_three_workers_and_then_given_up()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[1], "w4");
        RenderSegment command = commands[0];
        foreach (string worker in (string[])["w1", "w2", "w3"])
        {
            Assert.DoesNotContain(worker, command.ExcludedWorkers);
            await scenario.FailAsync(command, worker: worker, sentence: $"Black on {worker}.");
            await scenario.SweepAsync(TimeSpan.FromSeconds(30));
            command = scenario.TakeSent<RenderSegment>().SingleOrDefault() ?? command;
        }

        Assert.Equal(["w1", "w2"], command.ExcludedWorkers);
        Assert.Equal(WorkState.Failed, (await scenario.SegmentAsync(0)).State);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal(JobState.NeedsAttention, job.State);
        Assert.EndsWith("The last said: Black on w3.", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_failure_of_an_earlier_attempt_is_ignored()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment first = scenario.TakeSent<RenderSegment>().Single();
        await scenario.SweepAsync(TimeSpan.FromHours(3));
        await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        await scenario.FailAsync(first);
        SegmentRow segment = await scenario.SegmentAsync(0);
        Assert.Equal((WorkState.InFlight, 0), (segment.State, segment.Failures));
    }

    [Fact]
    public async Task Bad_input_found_while_rendering_fails_the_job_and_stops_everybody()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        await scenario.FailAsync(scenario.TakeSent<RenderSegment>()[1], FailureKind.BadInput, sentence: "The portrait is broken.");
        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal((JobState.Failed, "The portrait is broken."), (job.State, job.Error));
        Assert.Single(scenario.TakeSent<JobCancelled>());
        Assert.Empty(scenario.Store.Keys);
    }

    [Fact]
    public async Task A_worker_that_fails_three_segments_in_a_row_gets_no_more_of_the_job()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 6);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[5], "good");
        foreach (RenderSegment command in commands.Take(3))
            await scenario.FailAsync(command, worker: "bad");
        await scenario.DeliverAsync(Returned(commands[4], "good"));
        Assert.Equal(["bad"], scenario.TakeSent<RenderSegment>().Single().ExcludedWorkers);
    }

    [Fact]
    public async Task One_success_clears_a_worker_of_suspicion()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 6);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[5], "good");
        await scenario.FailAsync(commands[0], worker: "so-so");
        await scenario.FailAsync(commands[1], worker: "so-so");
        await scenario.FinishAsync(commands[2], "so-so");
        await scenario.FailAsync(commands[3], worker: "so-so");
        await scenario.DeliverAsync(Returned(commands[4], "good"));
        Assert.Empty(scenario.TakeSent<RenderSegment>().Single().ExcludedWorkers);
    }

    [Fact]
    public async Task The_same_segment_failing_again_says_nothing_new_about_its_only_worker()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        RenderSegment command = scenario.TakeSent<RenderSegment>()[0];
        for (int i = 0; i < 3; i++)
        {
            await scenario.FailAsync(command, worker: "only");
            await scenario.SweepAsync(TimeSpan.FromSeconds(30));
            command = scenario.TakeSent<RenderSegment>().SingleOrDefault() ?? command;
        }

        Assert.Equal(WorkState.Failed, (await scenario.SegmentAsync(0)).State);
        Assert.Equal(WorkState.InFlight, (await scenario.SegmentAsync(1)).State);
    }

    [Fact]
    public async Task With_every_worker_banned_the_rest_is_not_waited_for()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 9, window: 3);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FailAsync(command, worker: "only", sentence: "The disk is full; free some space.");
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        foreach (RenderSegment left in scenario.TakeSent<RenderSegment>())
            await scenario.FailAsync(left, worker: "only", sentence: "The disk is full; free some space.");

        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal(JobState.NeedsAttention, job.State);
        Assert.Equal(9, job.Segments.Failed);
        Assert.EndsWith("The disk is full; free some space.", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_returned_segment_goes_to_another_at_once()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        await scenario.DeliverAsync(Returned(command, "w1"));
        Assert.Equal(2, scenario.TakeSent<RenderSegment>().Single().Attempt);
        await scenario.DeliverAsync(Returned(command, "w1")); // a second delivery
        Assert.Empty(scenario.TakeSent<RenderSegment>());
    }

    [Fact]
    public async Task A_segment_returned_by_an_excluded_worker_rests_and_does_not_go_round_for_ever()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        await scenario.FinishAsync(commands[1], "gone");
        await scenario.FailAsync(commands[0], worker: "w1");
        for (int i = 0; i < 5; i++)
        {
            await scenario.SweepAsync(TimeSpan.FromSeconds(2));
            RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
            Assert.Equal(["w1"], command.ExcludedWorkers);
            await scenario.DeliverAsync(Returned(command, "w1"));
            Assert.Empty(scenario.TakeSent<RenderSegment>());
        }

        await scenario.SweepAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(scenario.TakeSent<RenderSegment>().Single().ExcludedWorkers);
    }

    [Fact]
    public async Task Progress_is_seen_and_renews_the_lease()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        for (int i = 1; i <= 5; i++)
        {
            await scenario.DeliverAsync(Progressed(command, "w1", i / 10.0));
            await scenario.Coordinator.WriteProgressAsync();
            await scenario.SweepAsync(TimeSpan.FromSeconds(80));
        }

        Assert.Empty(scenario.TakeSent<RenderSegment>());
        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal([new WorkerActivity("w1", 0, SegmentStage.Denoising, 0.5)], job.Workers);
        Assert.Equal(50, job.FramesDone);
        Assert.Equal("+", job.Segments.Map);
    }

    [Fact]
    public async Task A_worker_that_falls_silent_loses_its_segment()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        await scenario.DeliverAsync(Progressed(command, "w1", 0.5));
        await scenario.Coordinator.WriteProgressAsync();
        await scenario.SweepAsync(TimeSpan.FromSeconds(91));
        await scenario.SweepAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(2, scenario.TakeSent<RenderSegment>().Single().Attempt);
        await scenario.DeliverAsync(Progressed(command, "w1", 0.9)); // it wakes up again
        await scenario.Coordinator.WriteProgressAsync();
        SegmentRow segment = await scenario.SegmentAsync(0);
        Assert.Equal((2, null, 0.0), (segment.Attempt, segment.WorkerId, segment.Fraction));
    }

    [Fact]
    public async Task A_segment_on_which_three_workers_die_is_given_up()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        foreach (string worker in (string[])["w1", "w2", "w3"])
        {
            await scenario.DeliverAsync(Progressed(scenario.TakeSent<RenderSegment>().Single(), worker, 0.5));
            await scenario.Coordinator.WriteProgressAsync();
            await scenario.SweepAsync(TimeSpan.FromMinutes(2));
            await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(JobState.NeedsAttention, (await scenario.JobAsync()).State);
        Assert.Contains("3 workers stopped", (await scenario.JobAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_of_unknown_jobs_and_absurd_fractions_do_no_harm()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        RenderSegment command = scenario.TakeSent<RenderSegment>().Single();
        await scenario.DeliverAsync(Progressed(command, "w1", double.NaN));
        await scenario.DeliverAsync(Progressed(command with { JobId = Guid.NewGuid() }, "w1", 7));
        await scenario.Coordinator.WriteProgressAsync();
        Assert.Equal(0, (await scenario.SegmentAsync(0)).Fraction);
    }

    internal static SegmentReturned Returned(RenderSegment command, string worker) =>
        new() { JobId = command.JobId, SegmentIndex = command.SegmentIndex, Attempt = command.Attempt, WorkerId = worker };

    internal static SegmentProgressed Progressed(RenderSegment command, string worker, double fraction) => new()
    {
        JobId = command.JobId,
        SegmentIndex = command.SegmentIndex,
        Attempt = command.Attempt,
        WorkerId = worker,
        Stage = SegmentStage.Denoising,
        Fraction = fraction,
    };
}
