using System.Text;
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
    private readonly Guid jobId = Guid.NewGuid();

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

        byte[] pixels = await Pixels.OfAsync(cut);
        int frameCount = (int)Math.Round(seconds * numerator / denominator);
        Assert.Equal(frameCount * Size * Size * 3, pixels.Length);
        for (int frame = 0; frame < frameCount; frame++)
            Assert.Equal(frame, TestPatternReader.Read(pixels.AsSpan(frame * Size * Size * 3, Size * Size * 3), Size)?.FrameNumber);
        byte[] wholePixels = await Pixels.OfAsync(whole);
        Assert.True(pixels.AsSpan().SequenceEqual(wholePixels), "Cutting changed the picture.");
        Assert.All(farm.Events.Of<BorderBlended>(), border => Assert.Equal(0, border.MaxDifference));
    }

    private static RenderSettings Settings(FrameRate rate) => new()
    {
        Pack = "test-pattern",
        Seed = 420,
        Steps = 6,
        Encoding = new VideoEncoding { Codec = VideoCodec.Ffv1, Crf = 18, FrameRate = rate, SizePixels = Size },
    };

    private async Task<byte[]> RenderAsync(TestFarm farm, RenderSettings settings, double seconds, TimeSpan segmentLength, string prefix)
    {
        PreparedInputs inputs = await PrepareAsync(farm, settings, seconds, prefix);
        int tracksBefore = farm.Events.Of<AudioEncoded>().Count;
        await farm.SendAsync(new EncodeAudio
        {
            JobId = jobId,
            Attempt = 1,
            AudioKey = prefix + "audio",
            FrameCount = inputs.FrameCount,
            FrameRate = settings.Encoding.FrameRate,
            OutputKey = prefix + "track.m4a",
        });
        byte[] loudness = await farm.GetAsync(inputs.LoudnessKey);
        IReadOnlyList<PlannedSegment> plan = SegmentPlan.Cut(inputs.FrameCount, SegmentPlanOptions.For(settings.Encoding.FrameRate, segmentLength), loudness);
        SegmentRendered[] rendered = await RenderSegmentsAsync(farm, settings, inputs, plan, prefix);
        string?[] borders = await BlendAsync(farm, settings, plan, rendered, prefix);

        IEnumerable<string?> chunks = rendered.SelectMany((segment, i) => (string?[])[segment.InteriorKey, borders[i]]);
        await farm.PutAsync(prefix + "chunks.txt", Encoding.UTF8.GetBytes(string.Join('\n', chunks.OfType<string>())));
        await farm.Events.WaitAsync<AudioEncoded>(tracksBefore + 1);
        int muxedBefore = farm.Events.Of<VideoMuxed>().Count;
        await farm.SendAsync(new MuxVideo
        {
            JobId = jobId,
            Attempt = 1,
            ChunkListKey = prefix + "chunks.txt",
            AudioTrackKey = prefix + "track.m4a",
            FrameCount = inputs.FrameCount,
            Encoding = settings.Encoding,
            Labels = new VideoLabels { Title = "Drill", Generator = "test-pattern" },
            OutputKey = prefix + "video.mkv",
        });
        return await farm.GetAsync((await farm.Events.WaitAsync<VideoMuxed>(muxedBefore + 1))[^1].OutputKey);
    }

    private async Task<PreparedInputs> PrepareAsync(TestFarm farm, RenderSettings settings, double seconds, string prefix)
    {
        await farm.PutAsync(prefix + "audio", Inputs.Wav(seconds));
        await farm.PutAsync(prefix + "portrait", Inputs.Picture());
        int preparedBefore = farm.Events.Of<JobPrepared>().Count;
        await farm.SendAsync(new PrepareJob
        {
            JobId = jobId,
            Attempt = 1,
            AudioKey = prefix + "audio",
            PortraitKey = prefix + "portrait",
            Settings = settings,
            OutputPrefix = prefix + "prepared/",
        });
        return (await farm.Events.WaitAsync<JobPrepared>(preparedBefore + 1))[^1].Inputs;
    }

    private async Task<SegmentRendered[]> RenderSegmentsAsync(
        TestFarm farm, RenderSettings settings, PreparedInputs inputs, IReadOnlyList<PlannedSegment> plan, string prefix)
    {
        int renderedBefore = farm.Events.Of<SegmentRendered>().Count;
        foreach (int index in Enumerable.Range(0, plan.Count).Reverse()) // any order will do
        {
            await farm.SendAsync(new RenderSegment
            {
                JobId = jobId,
                SegmentIndex = index,
                Attempt = 1,
                Frames = plan[index].Frames,
                BorderBefore = plan[index].BorderBefore,
                BorderAfter = plan[index].BorderAfter,
                Settings = settings,
                Inputs = inputs,
                OutputPrefix = $"{prefix}segments/{index}/",
                LeaseDuration = TimeSpan.FromSeconds(45),
            });
        }

        return [.. (await farm.Events.WaitAsync<SegmentRendered>(renderedBefore + plan.Count)).Skip(renderedBefore).OrderBy(r => r.SegmentIndex)];
    }

    /// <returns>For every segment the chunk of the border after it, null for the last.</returns>
    private async Task<string?[]> BlendAsync(
        TestFarm farm, RenderSettings settings, IReadOnlyList<PlannedSegment> plan, SegmentRendered[] rendered, string prefix)
    {
        int blendedBefore = farm.Events.Of<BorderBlended>().Count;
        for (int i = 0; i + 1 < plan.Count; i++)
        {
            await farm.SendAsync(new BlendBorder
            {
                JobId = jobId,
                BorderIndex = i,
                Attempt = 1,
                Frames = plan[i].BorderAfter,
                LeftKey = rendered[i].BorderAfterKey!,
                RightKey = rendered[i + 1].BorderBeforeKey!,
                Encoding = settings.Encoding,
                OutputKey = $"{prefix}borders/{i}.mkv",
            });
        }

        await farm.Events.WaitAsync<BorderBlended>(blendedBefore + plan.Count - 1);
        return [.. Enumerable.Range(0, plan.Count).Select(i => i + 1 < plan.Count ? $"{prefix}borders/{i}.mkv" : null)];
    }
}
