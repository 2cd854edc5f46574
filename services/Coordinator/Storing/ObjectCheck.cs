using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Storing;

/// <summary>
/// Compares the ledger with the store: what is called done and is not there, because of a power cut or a hand that tidied
/// up, is done again. Looks objects up one by one, so it runs when a job resumes and before it is joined, not in between.
/// </summary>
public sealed partial class ObjectCheck(IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, IObjectStore store, ILogger<ObjectCheck> log)
{
    public async Task RunAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        JobRow? job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
        if (job is not { State: JobState.Rendering or JobState.Muxing })
            return;
        List<SegmentRow> segments = await db.Segments.AsNoTracking().Where(s => s.JobId == jobId).OrderBy(s => s.Index).ToListAsync(cancellationToken);
        List<TaskRow> tasks = await db.Tasks.AsNoTracking().Where(t => t.JobId == jobId).ToListAsync(cancellationToken);

        HashSet<int> lostBorders = [];
        HashSet<int> lostSegments = [];
        HashSet<int> blended = [];
        bool audioIsLost = false;
        foreach (TaskRow task in tasks.Where(t => t.State == WorkState.Done && t.OutputKey is not null))
        {
            bool isThere = await IsThereAsync(task.OutputKey, cancellationToken);
            if (task.Kind == TaskKind.BlendBorder)
                _ = (isThere ? blended : lostBorders).Add(task.Index);
            audioIsLost |= task.Kind == TaskKind.EncodeAudio && !isThere;
        }

        foreach (SegmentRow segment in segments.Where(s => s.State == WorkState.Done))
        {
            bool isWhole = await IsThereAsync(segment.InteriorKey, cancellationToken)
                && (blended.Contains(segment.Index - 1) || await IsThereAsync(segment.BorderBeforeKey, cancellationToken))
                && (blended.Contains(segment.Index) || await IsThereAsync(segment.BorderAfterKey, cancellationToken));
            if (!isWhole)
                lostSegments.Add(segment.Index);
        }

        // The inputs are read by what is still to be rendered only.
        bool rendersMore = lostSegments.Count > 0 || segments.Exists(s => s.State != WorkState.Done);
        bool inputsAreLost = rendersMore && !await IsThereAsync(job.Inputs!.PcmKey, cancellationToken);
        if (lostSegments.Count == 0 && lostBorders.Count == 0 && !audioIsLost && !inputsAreLost)
            return;
        Lost(log, jobId, lostSegments.Count, lostBorders.Count);
        await ledger.ChangeAsync(
            jobId, entry => TakeBackAsync(entry, lostSegments, lostBorders, audioIsLost, inputsAreLost, cancellationToken), cancellationToken);
    }

    private static async Task TakeBackAsync(
        JobEntry entry, HashSet<int> segments, HashSet<int> borders, bool audio, bool inputs, CancellationToken cancellationToken)
    {
        if (entry.Job.State is not (JobState.Rendering or JobState.Muxing))
            return;
        foreach (int index in borders)
        {
            if (await entry.FindTaskAsync(TaskKind.BlendBorder, index, cancellationToken) is { State: WorkState.Done } border)
                entry.Move(border, WorkState.Blocked);
        }

        foreach (int index in segments)
        {
            if (await entry.FindSegmentAsync(index, cancellationToken) is not { State: WorkState.Done } segment)
                continue;
            entry.Move(segment, WorkState.Waiting);
            segment.NotBefore = entry.Now;
            await Borders.BlockAsync(entry, segment, cancellationToken);
        }

        foreach (int index in borders)
        {
            if (await entry.FindSegmentAsync(index, cancellationToken) is { State: WorkState.Done } before)
                await Borders.UnblockAsync(entry, before, cancellationToken);
        }

        if (audio && await entry.FindTaskAsync(TaskKind.EncodeAudio, 0, cancellationToken) is { State: WorkState.Done } track)
            entry.Move(track, WorkState.Waiting);
        if (await entry.FindTaskAsync(TaskKind.MuxVideo, 0, cancellationToken) is { State: WorkState.Waiting or WorkState.InFlight } mux)
            entry.Move(mux, WorkState.Blocked);
        entry.Job.State = JobState.Rendering;
        if (inputs && await entry.FindTaskAsync(TaskKind.Prepare, 0, cancellationToken) is { State: WorkState.Done } prepare)
        {
            entry.Move(prepare, WorkState.Waiting);
            entry.Job.State = JobState.Preparing;
        }

        entry.EnqueueDispatch();
    }

    private async Task<bool> IsThereAsync(string? key, CancellationToken cancellationToken) =>
        key is null || await store.StatAsync(key, cancellationToken) is not null;

    [LoggerMessage(LogLevel.Warning, "{JobId}: objects of {SegmentCount} segments and {BorderCount} borders are missing in the store; they are made again")]
    private static partial void Lost(ILogger log, Guid jobId, int segmentCount, int borderCount);
}
