using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;

namespace RenderFarm.Data.Tests;

/// <summary>A SQLite file of its own, gone with the test.</summary>
internal sealed class TestDatabase : IDbContextFactory<FarmDbContext>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("renderfarm-");

    // Pooling would keep the file open after the test.
    public string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "state.db")};Pooling=False";

    public static async Task<TestDatabase> CreateAsync()
    {
        TestDatabase database = new();
        await new DatabaseSetup(database).MigrateAsync(default);
        return database;
    }

    public static JobRow AJob(Guid? id = null) => new()
    {
        Id = id ?? Guid.NewGuid(),
        Title = "Lecture",
        Generator = "puppet 1",
        AudioKey = "jobs/1/input/audio",
        PortraitKey = "jobs/1/input/portrait",
        Settings = new()
        {
            Pack = "puppet",
            Seed = ulong.MaxValue,
            Steps = 6,
            Encoding = new() { Codec = VideoCodec.H264, Crf = 18, FrameRate = new(30000, 1001), SizePixels = 512 },
        },
        Warnings = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public static SegmentRow ASegment(Guid jobId, int index, WorkState state = WorkState.Waiting) => new()
    {
        JobId = jobId,
        Index = index,
        State = state,
        First = index * 100,
        End = (index + 1) * 100,
        NotBefore = DateTimeOffset.UnixEpoch,
        FailedOn = [],
        LostOn = [],
    };

    public FarmDbContext CreateDbContext()
    {
        DbContextOptionsBuilder<FarmDbContext> options = new();
        options.UseFarmSqlite(ConnectionString);
        return new(options.Options);
    }

    public async Task AddAsync(params object[] rows)
    {
        await using FarmDbContext db = CreateDbContext();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public void Dispose() => folder.Delete(recursive: true);
}
