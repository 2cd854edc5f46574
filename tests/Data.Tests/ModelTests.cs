using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Data.Workers;

namespace RenderFarm.Data.Tests;

public sealed class ModelTests
{
    [Fact]
    public async Task A_job_comes_back_as_it_was_saved()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        JobRow saved = TestDatabase.AJob();
        saved.Inputs = new() { FrameCount = 5, PcmSampleCount = 6, PcmKey = "p", LoudnessKey = "l", PackPrefix = "k/" };
        saved.Warnings = ["Two faces; \"the largest\" was used — ö."];
        saved.SegmentLength = TimeSpan.FromSeconds(2.5);
        saved.FinishedAt = DateTimeOffset.Parse("2026-02-03T04:05:06.789+02:00", CultureInfo.InvariantCulture);
        await database.AddAsync(saved);

        await using FarmDbContext db = database.CreateDbContext();
        JobRow loaded = await db.Jobs.SingleAsync();
        Assert.Equal(saved.Settings, loaded.Settings);
        Assert.Equal(saved.Inputs, loaded.Inputs);
        Assert.Equal(saved.Warnings, loaded.Warnings);
        Assert.Equal(saved.SegmentLength, loaded.SegmentLength);
        Assert.Equal(saved.FinishedAt, loaded.FinishedAt);
        Assert.Null(loaded.CleanUpAt);
    }

    [Fact]
    public async Task Times_compare_and_sort_in_the_database()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        JobRow job = TestDatabase.AJob();
        SegmentRow[] segments = [.. Enumerable.Range(0, 3).Select(i => TestDatabase.ASegment(job.Id, i, WorkState.InFlight))];
        segments[0].LeaseUntil = DateTimeOffset.FromUnixTimeSeconds(100);
        segments[1].LeaseUntil = DateTimeOffset.FromUnixTimeSeconds(-5);
        await database.AddAsync([job, .. segments]);

        await using FarmDbContext db = database.CreateDbContext();
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(99);
        Assert.Equal([1], await db.Segments.Where(s => s.LeaseUntil < now).Select(s => s.Index).ToListAsync());
        Assert.Equal([2, 1, 0], await db.Segments.OrderBy(s => s.LeaseUntil).Select(s => s.Index).ToListAsync());
    }

    [Fact]
    public async Task Of_two_writers_that_read_the_same_job_the_second_is_told()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        await database.AddAsync(TestDatabase.AJob());
        await using FarmDbContext first = database.CreateDbContext();
        await using FarmDbContext second = database.CreateDbContext();
        JobRow a = await first.Jobs.SingleAsync();
        JobRow b = await second.Jobs.SingleAsync();
        (a.Title, a.Revision) = ("a", 1);
        (b.Title, b.Revision) = ("b", 1);
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task Two_dispatchers_cannot_send_one_segment_twice()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        JobRow job = TestDatabase.AJob();
        await database.AddAsync(job, TestDatabase.ASegment(job.Id, 0));
        await using FarmDbContext first = database.CreateDbContext();
        await using FarmDbContext second = database.CreateDbContext();
        foreach (FarmDbContext db in (FarmDbContext[])[first, second])
        {
            SegmentRow segment = await db.Segments.SingleAsync();
            (segment.State, segment.Attempt) = (WorkState.InFlight, 1);
        }

        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task Everything_of_a_job_goes_with_it()
    {
        using TestDatabase database = await TestDatabase.CreateAsync();
        JobRow job = TestDatabase.AJob();
        await database.AddAsync(
            job,
            TestDatabase.ASegment(job.Id, 0),
            new TaskRow { JobId = job.Id, Kind = TaskKind.BlendBorder },
            new JobWorkerRow { JobId = job.Id, WorkerId = "w", FailedInARow = [1, 2] });
        await using FarmDbContext db = database.CreateDbContext();
        await db.Jobs.Where(j => j.Id == job.Id).ExecuteDeleteAsync();
        Assert.Equal(0, await db.Segments.CountAsync() + await db.Tasks.CountAsync() + await db.JobWorkers.CountAsync());
    }
}
