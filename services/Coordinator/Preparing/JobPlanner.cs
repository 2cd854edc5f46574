using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Storage;
using RenderFarm.Timeline;

namespace RenderFarm.Coordinator.Preparing;

/// <summary>Cuts a prepared job into segments and writes down everything that has to be done for it.</summary>
public sealed partial class JobPlanner(
    IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, IObjectStore store, IOptions<CoordinatorOptions> options, ILogger<JobPlanner> log)
{
    public async Task RunAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        JobRow? job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
        if (job is null || !NeedsPlan(job))
            return;
        byte[] loudness = await ReadLoudnessAsync(job.Inputs!, cancellationToken);
        SegmentPlanOptions plan = SegmentPlanOptions.For(job.Settings.Encoding.FrameRate, job.SegmentLength ?? options.Value.SegmentLength);
        IReadOnlyList<PlannedSegment> segments = SegmentPlan.Cut(job.FrameCount, plan, loudness);
        await ledger.ChangeAsync(jobId, entry => Write(entry, segments), cancellationToken);
    }

    internal static bool NeedsPlan(JobRow job) => job is { State: JobState.Preparing, Inputs: not null, SegmentCount: 0 };

    private void Write(JobEntry entry, IReadOnlyList<PlannedSegment> segments)
    {
        if (!NeedsPlan(entry.Job))
            return;
        for (int i = 0; i < segments.Count; i++)
            entry.Add(Row(entry, i, segments[i]));
        for (int i = 0; i + 1 < segments.Count; i++)
        {
            if (segments[i].BorderAfter.IsEmpty)
                continue;
            entry.Add(Task(entry, TaskKind.BlendBorder, i, WorkState.Blocked));
            entry.Job.BorderCount++;
        }

        entry.Add(Task(entry, TaskKind.EncodeAudio, 0, WorkState.Waiting));
        entry.Add(Task(entry, TaskKind.MuxVideo, 0, WorkState.Blocked));
        entry.Job.SegmentCount = segments.Count;
        long openingFrames = entry.Job.Settings.Encoding.FrameRate.FrameAt(options.Value.OpeningLength);
        entry.Job.OpeningSegments = segments.Count(s => s.Frames.First < openingFrames);
        entry.Job.State = JobState.Rendering;
        entry.EnqueueDispatch();
        Planned(log, entry.Job.Id, segments.Count);
    }

    private static SegmentRow Row(JobEntry entry, int index, PlannedSegment segment) => new()
    {
        JobId = entry.Job.Id,
        Index = index,
        State = WorkState.Waiting,
        NotBefore = entry.Now,
        First = segment.Frames.First,
        End = segment.Frames.End,
        BorderBeforeFirst = segment.BorderBefore.First,
        BorderBeforeEnd = segment.BorderBefore.End,
        BorderAfterFirst = segment.BorderAfter.First,
        BorderAfterEnd = segment.BorderAfter.End,
        FailedOn = [],
        LostOn = [],
    };

    private static TaskRow Task(JobEntry entry, TaskKind kind, int index, WorkState state) =>
        new() { JobId = entry.Job.Id, Kind = kind, Index = index, State = state, NotBefore = entry.Now };

    /// <summary>One byte a frame, 86 KB an hour. Without it the cuts are even, which changes no picture.</summary>
    private async Task<byte[]> ReadLoudnessAsync(PreparedInputs inputs, CancellationToken cancellationToken)
    {
        try
        {
            using MemoryStream loudness = new();
            await using Stream stored = await store.OpenReadAsync(inputs.LoudnessKey, 0, inputs.FrameCount + 1, cancellationToken);
            await stored.CopyToAsync(loudness, cancellationToken);
            return loudness.Length == inputs.FrameCount ? loudness.ToArray() : [];
        }
        catch (ObjectNotFoundException)
        {
            return [];
        }
    }

    [LoggerMessage(LogLevel.Information, "{JobId} is cut into {SegmentCount} segments")]
    private static partial void Planned(ILogger log, Guid jobId, int segmentCount);
}
