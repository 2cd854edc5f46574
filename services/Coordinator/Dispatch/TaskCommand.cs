using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data.Jobs;
using RenderFarm.Data.Segments;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Dispatch;

/// <summary>The commands for a job's tasks as the ledger has them.</summary>
internal static class TaskCommand
{
    public static PrepareJob Prepare(JobRow job, TaskRow task) => new()
    {
        JobId = job.Id,
        Attempt = task.Attempt,
        AudioKey = job.AudioKey,
        PortraitKey = job.PortraitKey,
        Settings = job.Settings,
        OutputPrefix = JobKeys.PreparedPrefix(job.Id, task.Attempt),
    };

    public static EncodeAudio EncodeAudio(JobRow job, TaskRow task) => new()
    {
        JobId = job.Id,
        Attempt = task.Attempt,
        AudioKey = job.AudioKey,
        FrameCount = job.FrameCount,
        FrameRate = job.Settings.Encoding.FrameRate,
        OutputKey = JobKeys.AudioTrack(job.Id, task.Attempt),
    };

    /// <param name="before">The segment before the border, rendered.</param>
    /// <param name="after">The segment after it, rendered.</param>
    public static BlendBorder BlendBorder(JobRow job, TaskRow task, SegmentRow before, SegmentRow after) => new()
    {
        JobId = job.Id,
        BorderIndex = task.Index,
        Attempt = task.Attempt,
        Frames = before.BorderAfter,
        LeftKey = before.BorderAfterKey ?? throw Missing(before),
        RightKey = after.BorderBeforeKey ?? throw Missing(after),
        Encoding = job.Settings.Encoding,
        OutputKey = JobKeys.Border(job.Id, task.Index, task.Attempt, job.Settings.Encoding.Codec),
    };

    public static MuxVideo MuxVideo(JobRow job, TaskRow task, string audioTrackKey) => new()
    {
        JobId = job.Id,
        Attempt = task.Attempt,
        ChunkListKey = JobKeys.ChunkList(job.Id),
        AudioTrackKey = audioTrackKey,
        FrameCount = job.FrameCount,
        Encoding = job.Settings.Encoding,
        Labels = new() { Title = job.Title, Generator = job.Generator },
        OutputKey = JobKeys.Output(job.Id, task.Attempt, job.Settings.Encoding.Codec),
    };

    private static InvalidOperationException Missing(SegmentRow segment) =>
        new($"Segment {segment.Index} of {segment.JobId} was accepted without its border.");
}
