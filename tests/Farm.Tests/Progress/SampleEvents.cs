using RenderFarm.Farm.Progress;

namespace RenderFarm.Farm.Tests.Progress;

internal static class SampleEvents
{
    public static RenderProgressed Progress(
        string stage = "rendering", double framesDone = 593.7, double? left = 72, double atLeast = 60, double atMost = 95) => new()
        {
            Stage = stage,
            Frames = 955,
            FramesDone = framesDone,
            FramesPerSecond = 84.24,
            SecondsLeft = left,
            SecondsLeftAtLeast = left is null ? null : atLeast,
            SecondsLeftAtMost = left is null ? null : atMost,
            Segments = 4,
            SegmentsRendered = 2,
            SegmentsFailed = 0,
            Workers = [new() { Worker = "here-cpu-0", Segment = 2, Stage = "denoising", Fraction = 0.25 }],
        };

    public static RenderCompleted Completed { get; } = new()
    {
        Out = "/videos/a.mp4",
        SizeBytes = 1_234_567,
        Frames = 955,
        VideoSeconds = 39.8,
        ElapsedSeconds = 8.4,
        TimesRealTime = 4.738,
        KeptFrames = null,
    };

    /// <summary>One of every kind.</summary>
    public static IReadOnlyList<RenderEvent> All { get; } =
    [
        new RenderStarted
        {
            Key = "0123", Portrait = "/p.png", Audio = "/a.wav", Out = "/v.mp4", Pack = "puppet", SizePixels = 512, FrameRate = "30000/1001", Steps = 6,
            Seed = ulong.MaxValue, Workers = 2,
        },
        new RenderPlanned { Frames = 955, VideoSeconds = 39.8, Segments = 4, SegmentsReused = 1 },
        new RenderWarned { Sentence = "The largest of 2 faces is used." },
        Progress(),
        Completed,
        new RenderFailed { Sentence = "It's broken: “mend” it." },
        new RenderStopped { Segments = 4, SegmentsRendered = 2 },
    ];
}
