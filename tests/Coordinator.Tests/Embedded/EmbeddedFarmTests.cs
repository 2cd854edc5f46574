using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using static RenderFarm.Coordinator.Tests.Embedded.EmbeddedFarm;

namespace RenderFarm.Coordinator.Tests.Embedded;

/// <summary>Everything wired as in production, in one process.</summary>
public sealed class EmbeddedFarmTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("renderfarm-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_job_runs_from_submission_to_video_and_leaves_only_the_video()
    {
        FakeCrew crew = new();
        await using EmbeddedFarm farm = await StartAsync(folder.FullName, crew);
        Guid jobId = await farm.SubmitAsync();

        JobSnapshot end = await farm.WaitForEndAsync(jobId);

        Assert.Equal(JobState.Completed, end.State);
        Assert.Equal(1000, end.FramesDone);
        Assert.Equal(Enumerable.Range(0, 10), crew.Rendered.Order());
        Assert.Equal(new string('#', 10), end.Segments.Map);
        Assert.Equal(["A warning."], end.Warnings);
        Assert.Equal((9, 9, 1, 1), (end.Borders.Count, end.Borders.Blended, end.Borders.Unequal, end.Borders.MaxDifference));
        Assert.Equal(2, end.OutputSizeBytes);
        string[] chunks = crew.ChunkList!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(19, chunks.Length);
        Assert.Equal(JobKeys.SegmentPrefix(jobId, 0, 1) + "interior.mp4", chunks[0]);
        Assert.Equal(JobKeys.Border(jobId, 8, 1, VideoCodec.H264), chunks[17]);
        await EventuallyAsync(async () => Assert.Equal([end.OutputKey!], await farm.KeysAsync()));
    }

    [Fact]
    public async Task A_process_that_is_stopped_goes_on_where_it_was()
    {
        Guid jobId;
        FakeCrew first = new();
        TaskCompletionSource fourDone = new();
        first.OnSegment = async (_, cancellationToken) =>
        {
            if (first.Rendered.Count >= 4)
            {
                fourDone.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };
        await using (EmbeddedFarm farm = await StartAsync(folder.FullName, first))
        {
            jobId = await farm.SubmitAsync();
            await fourDone.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await EventuallyAsync(async () => Assert.Equal(first.Rendered.Count, (await farm.Jobs.GetAsync(jobId, default))!.Segments.Rendered));
        }

        FakeCrew second = new();
        await using EmbeddedFarm again = await StartAsync(folder.FullName, second);
        await again.SubmitAsync(jobId); // the same command again
        JobSnapshot end = await again.WaitForEndAsync(jobId);

        Assert.Equal(JobState.Completed, end.State);
        Assert.Equal(first.Rendered.Count, end.Segments.Reused);
        Assert.Equal(Enumerable.Range(0, 10), first.Rendered.Concat(second.Rendered).Order());
    }

    [Fact]
    public async Task Bad_input_ends_the_job_with_its_sentence()
    {
        FakeCrew crew = new()
        {
            OnPrepare = m => new()
            {
                JobId = m.JobId,
                Attempt = m.Attempt,
                Kind = FailureKind.BadInput,
                Sentence = "There is no face in the portrait.",
            },
        };
        await using EmbeddedFarm farm = await StartAsync(folder.FullName, crew);
        JobSnapshot end = await farm.WaitForEndAsync(await farm.SubmitAsync());
        Assert.Equal((JobState.Failed, "There is no face in the portrait."), (end.State, end.Error));
    }

    [Fact]
    public async Task A_segment_that_always_fails_leaves_the_rest_done_and_can_be_retried()
    {
        FakeCrew crew = new() { OnSegment = (m, _) => m.SegmentIndex == 3 ? throw new InvalidOperationException("Frame 5 is black.") : Task.CompletedTask };
        await using EmbeddedFarm farm = await StartAsync(folder.FullName, crew);
        Guid jobId = await farm.SubmitAsync();
        JobSnapshot end = await farm.WaitForEndAsync(jobId);

        Assert.Equal(JobState.NeedsAttention, end.State);
        Assert.Equal("###!######", end.Segments.Map);
        Assert.Contains("1 of 10 segments", end.Error, StringComparison.Ordinal);
        Assert.Contains("Frame 5 is black.", end.Error, StringComparison.Ordinal);

        crew.OnSegment = (_, _) => Task.CompletedTask;
        await farm.Jobs.RetryFailedAsync(jobId, default);
        end = await farm.WaitForEndAsync(jobId);

        Assert.Equal(JobState.Completed, end.State);
        Assert.Null(end.Error);
        Assert.Equal(Enumerable.Range(0, 10), crew.Rendered.Order());
    }

    [Fact]
    public async Task Cancelling_ends_the_job_and_leaves_nothing()
    {
        FakeCrew crew = new() { OnSegment = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken) };
        await using EmbeddedFarm farm = await StartAsync(folder.FullName, crew);
        Guid jobId = await farm.SubmitAsync();
        await EventuallyAsync(async () => Assert.NotEmpty((await farm.Jobs.GetAsync(jobId, default))!.Workers));

        await farm.Jobs.CancelAsync(jobId, default);

        Assert.Equal(JobState.Cancelled, (await farm.WaitForEndAsync(jobId)).State);
        await EventuallyAsync(async () => Assert.Empty(await farm.KeysAsync()));
    }

    [Fact]
    public async Task A_deleted_job_is_unknown_and_leaves_nothing()
    {
        await using EmbeddedFarm farm = await StartAsync(folder.FullName, new());
        Guid jobId = await farm.SubmitAsync();
        await farm.WaitForEndAsync(jobId);

        await farm.Jobs.DeleteAsync(jobId, default);

        Assert.Null(await farm.Jobs.GetAsync(jobId, default));
        await EventuallyAsync(async () => Assert.Empty(await farm.KeysAsync()));
        await farm.Jobs.DeleteAsync(jobId, default);
    }

    /// <summary>For what follows the end of a job in the background.</summary>
    private static async Task EventuallyAsync(Func<Task> assertion)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException && !limit.IsCancellationRequested)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
