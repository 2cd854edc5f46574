using System.Text;
using RenderFarm.Contracts;
using RenderFarm.Timeline;

namespace RenderFarm.FarmTestSupport;

/// <summary>Sends the commands of one job in the order a coordinator would, and waits for each stage; nothing fails here.</summary>
/// <param name="prefix">Everything of the job lies below this key prefix, which ends in '/'.</param>
public sealed class HandCoordinator(TestFarm farm, RenderSettings settings, string prefix)
{
    public Guid JobId { get; } = Guid.NewGuid();

    public async Task<PreparedInputs> PrepareAsync(byte[] audio, byte[] portrait)
    {
        await farm.PutAsync(prefix + "audio", audio);
        await farm.PutAsync(prefix + "portrait", portrait);
        await farm.SendAsync(new PrepareJob
        {
            JobId = JobId,
            Attempt = 1,
            AudioKey = prefix + "audio",
            PortraitKey = prefix + "portrait",
            Settings = settings,
            OutputPrefix = prefix + "prepared/",
        });
        return (await WaitAsync<JobPrepared>(1, prepared => prepared.JobId))[0].Inputs;
    }

    /// <summary>Cuts as a coordinator does.</summary>
    public async Task<IReadOnlyList<PlannedSegment>> PlanAsync(PreparedInputs inputs, TimeSpan segmentLength) =>
        SegmentPlan.Cut(inputs.FrameCount, SegmentPlanOptions.For(settings.Encoding.FrameRate, segmentLength), await farm.GetAsync(inputs.LoudnessKey));

    /// <returns>One result per segment, in order.</returns>
    public async Task<IReadOnlyList<SegmentRendered>> RenderAsync(PreparedInputs inputs, IReadOnlyList<PlannedSegment> plan)
    {
        foreach (int index in Enumerable.Range(0, plan.Count).Reverse()) // any order will do
        {
            await farm.SendAsync(new RenderSegment
            {
                JobId = JobId,
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

        return [.. (await WaitAsync<SegmentRendered>(plan.Count, rendered => rendered.JobId)).OrderBy(rendered => rendered.SegmentIndex)];
    }

    /// <summary>Encodes the sound, blends the borders and joins everything.</summary>
    public async Task<VideoMuxed> StitchAsync(PreparedInputs inputs, IReadOnlyList<PlannedSegment> plan, IReadOnlyList<SegmentRendered> rendered)
    {
        await EncodeAudioAsync(inputs);
        await BlendAsync(plan, rendered);
        return await JoinAsync(inputs, rendered);
    }

    public async Task EncodeAudioAsync(PreparedInputs inputs)
    {
        await farm.SendAsync(new EncodeAudio
        {
            JobId = JobId,
            Attempt = 1,
            AudioKey = prefix + "audio",
            FrameCount = inputs.FrameCount,
            FrameRate = settings.Encoding.FrameRate,
            OutputKey = prefix + "track.m4a",
        });
        await WaitAsync<AudioEncoded>(1, encoded => encoded.JobId);
    }

    public async Task BlendAsync(IReadOnlyList<PlannedSegment> plan, IReadOnlyList<SegmentRendered> rendered)
    {
        for (int i = 0; i + 1 < plan.Count; i++)
        {
            await farm.SendAsync(new BlendBorder
            {
                JobId = JobId,
                BorderIndex = i,
                Attempt = 1,
                Frames = plan[i].BorderAfter,
                LeftKey = rendered[i].BorderAfterKey!,
                RightKey = rendered[i + 1].BorderBeforeKey!,
                Encoding = settings.Encoding,
                OutputKey = BorderKey(i),
            });
        }

        await WaitAsync<BorderBlended>(plan.Count - 1, blended => blended.JobId);
    }

    public async Task<VideoMuxed> JoinAsync(PreparedInputs inputs, IReadOnlyList<SegmentRendered> rendered)
    {
        IEnumerable<string?> chunks = rendered.SelectMany((segment, i) => (string?[])[segment.InteriorKey, i + 1 < rendered.Count ? BorderKey(i) : null]);
        await farm.PutAsync(prefix + "chunks.txt", Encoding.UTF8.GetBytes(string.Join('\n', chunks.OfType<string>())));
        await farm.SendAsync(new MuxVideo
        {
            JobId = JobId,
            Attempt = 1,
            ChunkListKey = prefix + "chunks.txt",
            AudioTrackKey = prefix + "track.m4a",
            FrameCount = inputs.FrameCount,
            Encoding = settings.Encoding,
            Labels = new VideoLabels { Title = "By hand", Generator = settings.Pack },
            OutputKey = prefix + (settings.Encoding.Codec == VideoCodec.H264 ? "video.mp4" : "video.mkv"),
        });
        return (await WaitAsync<VideoMuxed>(1, muxed => muxed.JobId))[0];
    }

    private string BorderKey(int index) => $"{prefix}borders/{index}.chunk";

    private Task<IReadOnlyList<TEvent>> WaitAsync<TEvent>(int count, Func<TEvent, Guid> jobOf) => farm.Events.WaitAsync<TEvent>(count, e => jobOf(e) == JobId);
}
