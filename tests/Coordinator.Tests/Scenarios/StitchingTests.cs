using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Tests.Scenarios;

public sealed class StitchingTests
{
    [Fact]
    public async Task The_video_is_joined_when_the_last_chunk_is_there()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        foreach (BlendBorder command in scenario.TakeSent<BlendBorder>())
            await scenario.FinishAsync(command);
        Assert.Empty(scenario.TakeSent<MuxVideo>());
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());

        Assert.Equal(JobState.Muxing, (await scenario.JobAsync()).State);
        MuxVideo mux = scenario.TakeSent<MuxVideo>().Single();
        Assert.Equal(5, scenario.Store.Find(mux.ChunkListKey)!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await scenario.FinishAsync(mux);

        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal((JobState.Completed, mux.OutputKey), (job.State, job.OutputKey));
        Assert.Equal([mux.OutputKey], scenario.Store.Keys);
    }

    [Fact]
    public async Task Second_deliveries_change_nothing()
    {
        using Scenario scenario = await NearlyDoneAsync();
        MuxVideo mux = scenario.TakeSent<MuxVideo>().Single();
        VideoMuxed fact = new() { JobId = mux.JobId, Attempt = mux.Attempt, OutputKey = mux.OutputKey, SizeBytes = 5 };
        await scenario.DeliverAsync(fact);
        await scenario.DeliverAsync(fact with { OutputKey = "other", SizeBytes = 6 });
        await scenario.DeliverAsync(new AudioEncoded { JobId = mux.JobId, Attempt = 1, OutputKey = "other" });
        await scenario.DeliverAsync(new BorderBlended
        {
            JobId = mux.JobId, BorderIndex = 0, Attempt = 1, OutputKey = "other", MaxDifference = 255, MeanDifference = 255,
        });
        JobSnapshot job = await scenario.JobAsync();
        Assert.Equal((mux.OutputKey, 5L, 0), (job.OutputKey, job.OutputSizeBytes, job.Borders.MaxDifference));
    }

    [Fact]
    public async Task A_video_said_to_be_joined_before_it_could_be_is_not_believed()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        await scenario.DeliverAsync(new VideoMuxed { JobId = scenario.JobId, Attempt = 1, OutputKey = "x", SizeBytes = 1 });
        Assert.Equal(JobState.Rendering, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task The_raw_frames_of_a_blended_border_go_at_once()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        BlendBorder blend = scenario.TakeSent<BlendBorder>()[0];
        await scenario.FinishAsync(blend);
        Assert.Null(scenario.Store.Find(blend.LeftKey));
        Assert.Null(scenario.Store.Find(blend.RightKey));
        Assert.NotNull(scenario.Store.Find(blend.OutputKey));
    }

    [Fact]
    public async Task A_job_that_keeps_its_frames_keeps_everything()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2, keepFrames: true);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        await scenario.FinishAsync(scenario.TakeSent<BlendBorder>().Single());
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        int before = scenario.Store.Keys.Count;
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(JobState.Completed, (await scenario.JobAsync()).State);
        Assert.Equal(before + 1, scenario.Store.Keys.Count);
    }

    [Fact]
    public async Task How_far_borders_were_apart_is_a_figure_of_the_job()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        foreach ((BlendBorder blend, int difference) in scenario.TakeSent<BlendBorder>().Zip([0, 7]))
        {
            await scenario.DeliverAsync(new BorderBlended
            {
                JobId = blend.JobId,
                BorderIndex = blend.BorderIndex,
                Attempt = blend.Attempt,
                OutputKey = blend.OutputKey,
                MaxDifference = difference,
                MeanDifference = difference / 2.0,
            });
        }

        Assert.Equal(
            new BorderSummary { Count = 2, Blended = 2, Unequal = 1, MaxDifference = 7, MeanDifference = 1.75 }, (await scenario.JobAsync()).Borders);
    }

    [Fact]
    public async Task A_border_that_cannot_be_blended_asks_for_attention_and_can_be_retried()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        for (int i = 0; i < 3; i++)
        {
            await scenario.FailAsync(scenario.TakeSent<BlendBorder>().Single(), sentence: "ffmpeg died.");
            await scenario.SweepAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(JobState.NeedsAttention, (await scenario.JobAsync()).State);
        await scenario.Coordinator.Jobs.RetryFailedAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        await scenario.FinishAsync(scenario.TakeSent<BlendBorder>().Single());
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(JobState.Completed, (await scenario.JobAsync()).State);
        Assert.Empty(scenario.TakeSent<RenderSegment>());
    }

    [Fact]
    public async Task A_join_that_fails_can_be_retried()
    {
        using Scenario scenario = await NearlyDoneAsync();
        for (int i = 0; i < 3; i++)
        {
            await scenario.FailAsync(scenario.TakeSent<MuxVideo>().Single());
            await scenario.SweepAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(JobState.NeedsAttention, (await scenario.JobAsync()).State);
        await scenario.Coordinator.Jobs.RetryFailedAsync(scenario.JobId, default);
        await scenario.SettleAsync();
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(JobState.Completed, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task A_chunk_that_vanished_is_found_missing_before_the_join_and_made_again()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 3);
        IReadOnlyList<RenderSegment> commands = scenario.TakeSent<RenderSegment>();
        foreach (RenderSegment command in commands)
            await scenario.FinishAsync(command);
        foreach (BlendBorder command in scenario.TakeSent<BlendBorder>())
            await scenario.FinishAsync(command);
        await scenario.Store.DeleteAsync($"{commands[1].OutputPrefix}interior", default);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());

        Assert.Equal(JobState.Rendering, (await scenario.JobAsync()).State);
        await scenario.FinishAsync(scenario.TakeSent<RenderSegment>().Single());
        Assert.Empty(scenario.TakeSent<BlendBorder>());
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(JobState.Completed, (await scenario.JobAsync()).State);
    }

    [Fact]
    public async Task Commands_that_got_lost_while_joining_are_sent_again()
    {
        using Scenario scenario = await NearlyDoneAsync();
        scenario.TakeSent<MuxVideo>();
        await scenario.SweepAsync(TimeSpan.FromHours(3));
        await scenario.SweepAsync(TimeSpan.FromMinutes(1));
        await scenario.FinishAsync(scenario.TakeSent<MuxVideo>().Single());
        Assert.Equal(WorkState.Done, (await scenario.TaskAsync(TaskKind.MuxVideo)).State);
    }

    [Fact]
    public async Task A_list_of_chunks_that_was_lost_with_the_process_is_written_by_the_next()
    {
        using Scenario scenario = await Scenario.RenderingAsync(segments: 1);
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        await scenario.Coordinator.HandleAsync(scenario.Rendered(scenario.TakeSent<RenderSegment>().Single()));
        scenario.Coordinator.Background.Waiting.Clear();
        await scenario.RestartAsync();
        await scenario.SweepAsync(TimeSpan.Zero);
        Assert.Single(scenario.TakeSent<MuxVideo>());
    }

    /// <summary>Only the join is left.</summary>
    private static async Task<Scenario> NearlyDoneAsync()
    {
        Scenario scenario = await Scenario.RenderingAsync(segments: 2);
        foreach (RenderSegment command in scenario.TakeSent<RenderSegment>())
            await scenario.FinishAsync(command);
        await scenario.FinishAsync(scenario.TakeSent<BlendBorder>().Single());
        await scenario.FinishAsync(scenario.TakeSent<EncodeAudio>().Single());
        return scenario;
    }
}
