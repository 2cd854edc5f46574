using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Ledger;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Dispatch;

/// <summary>Marks waiting work as in flight under a new attempt and makes its commands.</summary>
public sealed class WorkClaim(IOptions<CoordinatorOptions> options)
{
    /// <summary>The first waiting segments of the job, at most so many.</summary>
    public async Task<IReadOnlyList<ClaimedWork>> SegmentsAsync(JobEntry entry, int count, CancellationToken cancellationToken)
    {
        JobRow job = entry.Job;
        if (job.State != JobState.Rendering)
            return [];
        List<SegmentRow> waiting = await entry.Db.Segments
            .Where(s => s.JobId == job.Id && s.State == WorkState.Waiting && s.NotBefore <= entry.Now)
            .OrderBy(s => s.Index)
            .Take(count)
            .ToListAsync(cancellationToken);
        IReadOnlyList<string> banned = await WorkerRegister.BannedAsync(entry, cancellationToken);
        bool mayExclude = banned.Count > 0 || waiting.Exists(s => s.FailedOn.Count > 0);
        IReadOnlyList<string> present = mayExclude ? await WorkerRegister.PresentAsync(entry, options.Value.WorkerMemory, cancellationToken) : [];
        return [.. waiting.Select(segment => Claim(entry, segment, Exclusion.Choose(segment.FailedOn, banned, present, segment.Returns)))];
    }

    public async Task<IReadOnlyList<ClaimedWork>> TaskAsync(JobEntry entry, TaskKind kind, int index, CancellationToken cancellationToken)
    {
        if (await entry.FindTaskAsync(kind, index, cancellationToken) is not { State: WorkState.Waiting } task)
            return [];
        entry.Move(task, WorkState.InFlight);
        task.Attempt++;
        task.SentAt = entry.Now;
        task.LeaseUntil = entry.Now + options.Value.QueueTime + TaskTime(entry.Job);
        return [await CommandAsync(entry, task, cancellationToken)];
    }

    /// <summary>The command did not leave: waiting again, a little later.</summary>
    public async Task ReleaseAsync(JobEntry entry, ClaimedWork work, CancellationToken cancellationToken)
    {
        DateTimeOffset later = entry.Now + options.Value.FirstBackOff;
        if (work.Kind is TaskKind kind)
        {
            if (await entry.FindTaskAsync(kind, work.Index, cancellationToken) is { State: WorkState.InFlight } task && task.Attempt == work.Attempt)
            {
                entry.Move(task, WorkState.Waiting);
                task.NotBefore = later;
            }
        }
        else if (await entry.FindSegmentAsync(work.Index, cancellationToken) is { State: WorkState.InFlight } segment && segment.Attempt == work.Attempt)
        {
            entry.Move(segment, WorkState.Waiting);
            segment.NotBefore = later;
        }
    }

    private ClaimedWork Claim(JobEntry entry, SegmentRow segment, IReadOnlyList<string> excluded)
    {
        entry.Move(segment, WorkState.InFlight);
        segment.Attempt++;
        segment.SentAt = entry.Now;
        segment.LeaseUntil = entry.Now + options.Value.QueueTime;
        RenderSegment command = SegmentCommand.For(entry.Job, segment, excluded, options.Value.LeaseDuration);
        return new(null, segment.Index, segment.Attempt, (bus, cancellationToken) => bus.SendAsync(command, cancellationToken));
    }

    private static async Task<ClaimedWork> CommandAsync(JobEntry entry, TaskRow task, CancellationToken cancellationToken)
    {
        JobRow job = entry.Job;
        switch (task.Kind)
        {
            case TaskKind.Prepare:
                job.State = JobState.Preparing;
                return Claimed(task, TaskCommand.Prepare(job, task));
            case TaskKind.EncodeAudio:
                return Claimed(task, TaskCommand.EncodeAudio(job, task));
            case TaskKind.BlendBorder:
                SegmentRow before = (await entry.FindSegmentAsync(task.Index, cancellationToken))!;
                SegmentRow after = (await entry.FindSegmentAsync(task.Index + 1, cancellationToken))!;
                return Claimed(task, TaskCommand.BlendBorder(job, task, before, after));
            case TaskKind.MuxVideo:
                TaskRow audio = (await entry.FindTaskAsync(TaskKind.EncodeAudio, 0, cancellationToken))!;
                return Claimed(task, TaskCommand.MuxVideo(job, task, audio.OutputKey!));
            default:
                throw new InvalidOperationException($"There is no command for {task.Kind}.");
        }
    }

    private static ClaimedWork Claimed<TCommand>(TaskRow task, TCommand command)
        where TCommand : class =>
        new(task.Kind, task.Index, task.Attempt, (bus, cancellationToken) => bus.SendAsync(command, cancellationToken));

    private TimeSpan TaskTime(JobRow job)
    {
        FrameRate rate = job.Settings.Encoding.FrameRate;
        double videoSeconds = (double)job.FrameCount * rate.Denominator / rate.Numerator;
        return options.Value.TaskTime + TimeSpan.FromSeconds(videoSeconds * options.Value.TaskTimePerVideoTime);
    }
}
