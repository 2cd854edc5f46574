using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using RenderFarm.Contracts;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Data.Workers;

namespace RenderFarm.Data;

/// <summary>The farm's ledger. Nothing in the model depends on the database: times are Unix milliseconds, documents are JSON text.</summary>
public sealed class FarmDbContext(DbContextOptions<FarmDbContext> options) : DbContext(options)
{
    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<SegmentRow> Segments => Set<SegmentRow>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<JobWorkerRow> JobWorkers => Set<JobWorkerRow>();

    public DbSet<WorkerRow> Workers => Set<WorkerRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite can neither order nor compare a DateTimeOffset; a number does in every database.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JobRow>(job =>
        {
            job.ToTable("Jobs");
            job.HasKey(j => j.Id);
            job.Property(j => j.Id).ValueGeneratedNever();
            job.Property(j => j.Settings).HasConversion<JsonConverter<RenderSettings>>();
            job.Property(j => j.Inputs).HasConversion<JsonConverter<PreparedInputs>>();
            job.Property(j => j.Warnings).HasConversion<JsonConverter<IReadOnlyList<string>>, ListComparer<string>>();
            job.Property(j => j.Revision).IsConcurrencyToken();
            job.HasIndex(j => j.State);
            job.HasIndex(j => j.CleanUpAt);
        });
        modelBuilder.Entity<SegmentRow>(segment =>
        {
            segment.ToTable("Segments");
            segment.HasKey(s => new { s.JobId, s.Index });
            segment.HasOne<JobRow>().WithMany().HasForeignKey(s => s.JobId).OnDelete(DeleteBehavior.Cascade);
            segment.Property(s => s.State).IsConcurrencyToken();
            segment.Property(s => s.Attempt).IsConcurrencyToken();
            segment.Property(s => s.FailedOn).HasConversion<JsonConverter<IReadOnlyList<string>>, ListComparer<string>>();
            segment.Property(s => s.LostOn).HasConversion<JsonConverter<IReadOnlyList<string>>, ListComparer<string>>();
            segment.Ignore(s => s.Frames);
            segment.Ignore(s => s.BorderBefore);
            segment.Ignore(s => s.BorderAfter);
            segment.HasIndex(s => new { s.State, s.LeaseUntil }); // the sweep
            segment.HasIndex(s => new { s.JobId, s.State, s.Index }); // the dispatch
        });
        modelBuilder.Entity<TaskRow>(task =>
        {
            task.ToTable("Tasks");
            task.HasKey(t => new { t.JobId, t.Kind, t.Index });
            task.HasOne<JobRow>().WithMany().HasForeignKey(t => t.JobId).OnDelete(DeleteBehavior.Cascade);
            task.Property(t => t.State).IsConcurrencyToken();
            task.Property(t => t.Attempt).IsConcurrencyToken();
            task.HasIndex(t => new { t.State, t.LeaseUntil });
            task.HasIndex(t => new { t.State, t.Kind, t.NotBefore });
        });
        modelBuilder.Entity<JobWorkerRow>(worker =>
        {
            worker.ToTable("JobWorkers");
            worker.HasKey(w => new { w.JobId, w.WorkerId });
            worker.Property(w => w.FailedInARow).HasConversion<JsonConverter<IReadOnlyList<int>>, ListComparer<int>>();
            worker.HasOne<JobRow>().WithMany().HasForeignKey(w => w.JobId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<WorkerRow>(worker =>
        {
            worker.ToTable("Workers");
            worker.HasKey(w => w.Id);
            worker.HasIndex(w => w.LastSeenAt);
        });
    }

    private sealed class ListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        list => list);
}
