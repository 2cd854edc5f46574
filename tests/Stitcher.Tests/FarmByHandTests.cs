using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;
using RenderFarm.Packs.TestPattern;
using RenderFarm.Timeline;
using RenderFarm.Worker;

namespace RenderFarm.Stitcher.Tests;

/// <summary>Worker, stitcher and store together on the test pattern; the test plays the coordinator.</summary>
public sealed class FarmByHandTests
{
    private const int Size = 64;
    private const int FrameBytes = Size * Size * 3;

    [Theory]
    [InlineData(24, 1, 9.99, 3)]
    [InlineData(30000, 1001, 4.2, 1)]
    [InlineData(25, 1, 0.2, 20)]
    public async Task Every_frame_comes_out_once_in_order_and_as_if_rendered_in_one_piece(int numerator, int denominator, double seconds, int segmentSeconds)
    {
        await using TestFarm farm = await TestFarm.StartAsync((services, folder) => services
            .AddBuiltInPacks()
            .AddWorker(o => (o.Slots, o.WorkFolder) = (2, Path.Combine(folder, "worker")))
            .AddStitcher(o => o.WorkFolder = Path.Combine(folder, "stitcher")));
        RenderSettings settings = Settings(new FrameRate(numerator, denominator));

        byte[] cut = await RenderAsync(farm, settings, seconds, TimeSpan.FromSeconds(segmentSeconds), "cut/");
        byte[] whole = await RenderAsync(farm, settings, seconds, TimeSpan.FromHours(1), "whole/");

        int frameCount = (int)Math.Round(seconds * numerator / denominator);
        Assert.Equal(frameCount * FrameBytes, cut.Length);
        for (int frame = 0; frame < frameCount; frame++)
            Assert.Equal(frame, TestPatternReader.Read(cut.AsSpan(frame * FrameBytes, FrameBytes), Size)?.FrameNumber);
        Assert.True(cut.AsSpan().SequenceEqual(whole), "Cutting changed the picture.");
        Assert.All(farm.Events.Of<BorderBlended>(), border => Assert.Equal(0, border.MaxDifference));
    }

    private static RenderSettings Settings(FrameRate rate) => new()
    {
        Pack = "test-pattern",
        Seed = 420,
        Steps = 6,
        Encoding = new VideoEncoding { Codec = VideoCodec.Ffv1, Crf = 18, FrameRate = rate, SizePixels = Size },
    };

    private static async Task<byte[]> RenderAsync(TestFarm farm, RenderSettings settings, double seconds, TimeSpan segmentLength, string prefix)
    {
        HandCoordinator job = new(farm, settings, prefix);
        PreparedInputs inputs = await job.PrepareAsync(Inputs.Wav(seconds), Inputs.Picture());
        IReadOnlyList<PlannedSegment> plan = await job.PlanAsync(inputs, segmentLength);
        VideoMuxed video = await job.StitchAsync(inputs, plan, await job.RenderAsync(inputs, plan));
        return await Pixels.OfAsync(await farm.GetAsync(video.OutputKey));
    }
}
