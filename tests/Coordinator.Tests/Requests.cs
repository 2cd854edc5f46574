using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;

namespace RenderFarm.Coordinator.Tests;

internal static class Requests
{
    public static JobRequest AJob(Guid? id = null, bool keepFrames = false, int priority = 0, int segmentFrames = 100)
    {
        Guid jobId = id ?? Guid.NewGuid();
        return new()
        {
            JobId = jobId,
            AudioKey = JobKeys.Input(jobId, "audio"),
            PortraitKey = JobKeys.Input(jobId, "portrait"),
            Settings = new()
            {
                Pack = "puppet",
                Seed = 420,
                Steps = 6,
                Encoding = new() { Codec = VideoCodec.H264, Crf = 18, FrameRate = new(24, 1), SizePixels = 512 },
                KeepFrames = keepFrames,
            },
            Labels = new() { Title = "Lecture", Generator = "puppet 1" },
            Priority = priority,
            SegmentLength = TimeSpan.FromSeconds(segmentFrames / 24.0),
        };
    }
}
