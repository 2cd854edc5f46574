using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Progress;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>Reads a job from the ledger as people see it.</summary>
public sealed class SnapshotReader(IDbContextFactory<FarmDbContext> contexts, RateMeter meter)
{
    public async Task<JobSnapshot?> ReadAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        JobRow? job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId && !j.IsDeleted, cancellationToken);
        if (job is null)
            return null;
        List<SegmentView> segments = await db.Segments.Where(s => s.JobId == jobId).OrderBy(s => s.Index)
            .Select(s => new SegmentView(s.Index, s.State, s.End - s.First, s.WorkerId, s.Stage, s.Fraction)).ToListAsync(cancellationToken);
        double partly = segments.Where(s => s.State == WorkState.InFlight).Sum(s => s.Frames * s.Fraction);
        double done = Math.Min(job.FrameCount, job.RenderedFrames + partly);
        RateEstimate rate = job.State == JobState.Rendering ? meter.Estimate(jobId) : default;
        return new()
        {
            JobId = job.Id,
            Title = job.Title,
            State = job.State,
            FrameCount = job.FrameCount,
            FramesDone = done,
            FramesPerSecond = rate.FramesPerSecond,
            TimeLeft = rate.TimeFor(job.FrameCount - done),
            Segments = Summarize(job, segments),
            Borders = await SummarizeBordersAsync(db, job, cancellationToken),
            Workers = [.. ActivitiesOf(segments)],
            Warnings = job.Warnings,
            Error = job.Error,
            OutputKey = job.OutputKey,
            OutputSizeBytes = job.OutputSizeBytes,
            CreatedAt = job.CreatedAt,
            FinishedAt = job.FinishedAt,
        };
    }

    private static SegmentSummary Summarize(JobRow job, List<SegmentView> segments) => new()
    {
        Count = job.SegmentCount,
        Rendered = job.RenderedSegments,
        InFlight = job.InFlightSegments,
        Failed = job.FailedSegments,
        Reused = job.ReusedSegments,
        Map = SegmentMap.Draw([.. segments.Select(s => s.State)]),
    };

    private static IEnumerable<WorkerActivity> ActivitiesOf(List<SegmentView> segments) =>
        from segment in segments
        where segment is { State: WorkState.InFlight, WorkerId: not null }
        orderby segment.WorkerId, segment.Index
        select new WorkerActivity(segment.WorkerId!, segment.Index, segment.Stage, segment.Fraction);

    private static async Task<BorderSummary> SummarizeBordersAsync(FarmDbContext db, JobRow job, CancellationToken cancellationToken)
    {
        IQueryable<TaskRow> blended = db.Tasks.Where(t => t.JobId == job.Id && t.Kind == TaskKind.BlendBorder && t.State == WorkState.Done);
        return new()
        {
            Count = job.BorderCount,
            Blended = job.BlendedBorders,
            Unequal = job.BlendedBorders == 0 ? 0 : await blended.CountAsync(t => t.MaxDifference > 0, cancellationToken),
            MaxDifference = job.BlendedBorders == 0 ? 0 : await blended.MaxAsync(t => t.MaxDifference, cancellationToken),
            MeanDifference = job.BlendedBorders == 0 ? 0 : await blended.AverageAsync(t => t.MeanDifference, cancellationToken),
        };
    }

    private sealed record SegmentView(int Index, WorkState State, long Frames, string? WorkerId, SegmentStage Stage, double Fraction);
}
