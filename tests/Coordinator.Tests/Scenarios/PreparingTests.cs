using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Tests.Scenarios;

public sealed class PreparingTests
{
    [Fact]
    public async Task A_submitted_job_is_prepared()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        PrepareJob command = Assert.Single(scenario.TakeSent<PrepareJob>());
        Assert.Equal((scenario.JobId, 1), (command.JobId, command.Attempt));
        Assert.Equal(JobState.Preparing, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task Submitting_again_changes_nothing()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        scenario.TakeSent<PrepareJob>();
        await scenario.Coordinator.Jobs.SubmitAsync(Requests.AJob(scenario.JobId) with { Priority = 4 }, default);
        await scenario.SettleAsync();
        Assert.Empty(scenario.TakeSent<PrepareJob>());
    }

    [Fact]
    public async Task A_prepared_job_is_cut_and_its_audio_encoded_first()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        await scenario.FinishAsync(scenario.TakeSent<PrepareJob>().Single(), frameCount: 1000);

        Assert.IsType<EncodeAudio>(scenario.Network.OnTheWay[0]);
        IReadOnlyList<RenderSegment> segments = scenario.TakeSent<RenderSegment>();
        Assert.Equal(10, segments.Count);
        Assert.Equal(Enumerable.Range(0, 10), segments.Select(s => s.SegmentIndex));
        Assert.Equal((0L, 1000L), (segments[0].Frames.First, segments[^1].Frames.End));
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.BorderAfter, pair.Second.BorderBefore));
        Assert.Equal(JobState.Rendering, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task A_second_answer_changes_nothing()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        PrepareJob command = scenario.TakeSent<PrepareJob>().Single();
        await scenario.FinishAsync(command, frameCount: 1000);
        scenario.TakeSent<object>();
        await scenario.FinishAsync(command, frameCount: 500);
        Assert.Empty(scenario.Network.OnTheWay);
        Assert.Equal(1000, (await scenario.JobAsync()).FrameCount);
    }

    [Fact]
    public async Task A_lost_command_is_sent_again_and_the_late_answer_to_the_first_still_counts()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        PrepareJob first = scenario.TakeSent<PrepareJob>().Single();
        await scenario.SweepAsync(TimeSpan.FromHours(3));
        await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, scenario.TakeSent<PrepareJob>().Single().Attempt);
        await scenario.FinishAsync(first, frameCount: 1000);
        Assert.Equal(JobState.Rendering, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task Bad_input_fails_the_job_and_a_retry_begins_it_anew()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        await scenario.FailAsync(scenario.TakeSent<PrepareJob>().Single(), FailureKind.BadInput, sentence: "This is no audio.");
        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal((JobState.Failed, "This is no audio."), (job.State, job.Error));

        await scenario.Coordinator.Jobs.RetryFailedAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        await scenario.FinishAsync(scenario.TakeSent<PrepareJob>().Single(), frameCount: 100);
        Assert.Equal((JobState.Rendering, null), ((await scenario.JobAsync()).State, (await scenario.JobAsync()).Error));
    }

    [Fact]
    public async Task Trouble_of_the_surroundings_is_tried_again_later()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            PrepareJob command = scenario.TakeSent<PrepareJob>().Single();
            Assert.Equal(attempt, command.Attempt);
            await scenario.FailAsync(command, FailureKind.Infrastructure);
            Assert.Empty(scenario.TakeSent<PrepareJob>());
            await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, (await scenario.TaskAsync(TaskKind.Prepare)).Failures);
    }

    [Fact]
    public async Task Three_failures_of_the_work_itself_fail_the_job()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        for (int i = 0; i < 3; i++)
        {
            await scenario.FailAsync(scenario.TakeSent<PrepareJob>().Single());
            await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(JobState.Failed, (await scenario.JobAsync()).State);
        Assert.Empty(scenario.TakeSent<PrepareJob>());
    }

    [Fact]
    public async Task A_plan_that_got_lost_with_the_process_is_made_by_the_next()
    {
        using Scenario scenario = await Scenario.SubmittedAsync();
        PrepareJob command = scenario.TakeSent<PrepareJob>().Single();
        JobPrepared fact = new()
        {
            JobId = command.JobId,
            Attempt = 1,
            Inputs = new() { FrameCount = 100, PcmSampleCount = 1, PcmKey = "p", LoudnessKey = "absent", PackPrefix = "k/" },
        };
        await scenario.Coordinator.HandleAsync(fact); // and the process dies before it plans
        scenario.Coordinator.Background.Waiting.Clear();
        await scenario.RestartAsync();
        await scenario.SweepAsync(TimeSpan.Zero);
        Assert.Single(scenario.TakeSent<RenderSegment>());
    }

    [Fact]
    public async Task Facts_about_unknown_jobs_are_ignored()
    {
        using Scenario scenario = await Scenario.StartAsync();
        await scenario.DeliverAsync(new PrepareFailed { JobId = Guid.NewGuid(), Attempt = 1, Kind = FailureKind.BadInput, Sentence = "" });
        Assert.Empty(scenario.Network.OnTheWay);
    }
}
