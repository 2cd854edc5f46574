using Microsoft.EntityFrameworkCore;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Storing;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Stitching;

/// <summary>When every chunk is there: checks that they really are, writes their list and lets the video be joined.</summary>
public sealed class ChunkLister(IDbContextFactory<FarmDbContext> contexts, JobLedger ledger, ObjectCheck check, IObjectStore store)
{
    public async Task RunAsync(Guid jobId, CancellationToken cancellationToken)
    {
        if (!await IsWantedAsync(jobId, cancellationToken))
            return;
        await check.RunAsync(jobId, cancellationToken); // what is lost goes back to rendering
        if (!await IsWantedAsync(jobId, cancellationToken))
            return;
        try
        {
            await WriteListAsync(jobId, cancellationToken);
        }
        catch (PermanentException e)
        {
            await ledger.ChangeAsync(jobId, entry => GiveUpAsync(entry, e.Message, cancellationToken), cancellationToken);
            return;
        }

        await ledger.ChangeAsync(jobId, entry => AllowAsync(entry, cancellationToken), cancellationToken);
    }

    private async Task<bool> IsWantedAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AnyAsync(j => j.Id == jobId && j.State == JobState.Muxing, cancellationToken)
            && await db.Tasks.AnyAsync(t => t.JobId == jobId && t.Kind == TaskKind.MuxVideo && t.State == WorkState.Blocked, cancellationToken);
    }

    private async Task WriteListAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using FarmDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<string?> interiors = await db.Segments.Where(s => s.JobId == jobId).OrderBy(s => s.Index).Select(s => s.InteriorKey).ToListAsync(cancellationToken);
        Dictionary<int, string> borders = await db.Tasks
            .Where(t => t.JobId == jobId && t.Kind == TaskKind.BlendBorder)
            .ToDictionaryAsync(t => t.Index, t => t.OutputKey!, cancellationToken);
        using MemoryStream list = new();
        await using (StreamWriter writer = new(list, leaveOpen: true) { NewLine = "\n" })
        {
            foreach (string chunk in ChunkOrder.Of(interiors, borders))
                await writer.WriteLineAsync(chunk.AsMemory(), cancellationToken);
        }

        list.Position = 0;
        await store.PutAsync(JobKeys.ChunkList(jobId), list, cancellationToken);
    }

    private static async Task AllowAsync(JobEntry entry, CancellationToken cancellationToken)
    {
        TaskRow? mux = await entry.FindTaskAsync(TaskKind.MuxVideo, 0, cancellationToken);
        if (entry.Job.State != JobState.Muxing || mux is not { State: WorkState.Blocked })
            return;
        entry.Move(mux, WorkState.Waiting);
        mux.NotBefore = entry.Now;
        entry.EnqueueDispatch();
    }

    private static async Task GiveUpAsync(JobEntry entry, string sentence, CancellationToken cancellationToken)
    {
        if (await entry.FindTaskAsync(TaskKind.MuxVideo, 0, cancellationToken) is not { State: WorkState.Blocked } mux)
            return;
        entry.Move(mux, WorkState.Failed);
        mux.Sentence = sentence;
    }
}
