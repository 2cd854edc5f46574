using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;

namespace RenderFarm.Coordinator.Tests.Jobs;

public sealed class JobRequestCheckTests
{
    public static TheoryData<string, Func<JobRequest, JobRequest>> Mistakes { get; } = new()
    {
        { "id", r => r with { JobId = Guid.Empty } },
        { "title", r => r with { Labels = r.Labels with { Title = new string('x', 501) } } },
        { "pack", r => r with { Settings = r.Settings with { Pack = "" } } },
        { "steps", r => r with { Settings = r.Settings with { Steps = 0 } } },
        { "rate factor", r => WithEncoding(r, e => e with { Crf = 52 }) },
        { "even", r => WithEncoding(r, e => e with { SizePixels = 511 }) },
        { "pixels", r => WithEncoding(r, e => e with { SizePixels = 100_000 }) },
        { "frame rate", r => WithEncoding(r, e => e with { FrameRate = new(24, 0) }) },
        { "frame rate", r => WithEncoding(r, e => e with { FrameRate = new(-24, 1) }) },
        { "frame rate", r => WithEncoding(r, e => e with { FrameRate = new(1000, 1) }) },
        { "priority", r => r with { Priority = 5 } },
        { "segments", r => r with { SegmentLength = TimeSpan.Zero } },
        { "inputs", r => r with { AudioKey = "jobs/other/input/audio" } },
        { "inputs", r => r with { PortraitKey = $"{JobKeys.Prefix(r.JobId)}../../etc/passwd" } },
    };

    [Fact]
    public void A_sound_request_passes() => Assert.Null(JobRequestCheck.FindProblem(Requests.AJob()));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string named, Func<JobRequest, JobRequest> make) =>
        Assert.Contains(named, JobRequestCheck.FindProblem(make(Requests.AJob())), StringComparison.Ordinal);

    private static JobRequest WithEncoding(JobRequest request, Func<VideoEncoding, VideoEncoding> change) =>
        request with { Settings = request.Settings with { Encoding = change(request.Settings.Encoding) } };
}
