using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.FarmTestSupport;
using RenderFarm.Media;
using RenderFarm.Packs;
using RenderFarm.Stitcher;
using RenderFarm.TestSupport;
using RenderFarm.TfLite;
using RenderFarm.Timeline;
using RenderFarm.Worker;

namespace RenderFarm.Benchmarks.Stages;

/// <summary>Measures the stages of a render one by one in turns, then the same lecture from one end to the other.</summary>
internal sealed class StagesBenchmark
{
    private static readonly FrameRate Rate = new(24, 1);
    private static readonly TimeSpan SegmentLength = TimeSpan.FromSeconds(20);

    /// <summary>Frames a stage works on per round: ten seconds, a usual half of a segment.</summary>
    private const int RoundFrames = 240;

    private readonly StageTimes denoise = new("denoise");
    private readonly StageTimes decode = new("decode (warp), 1 thread");
    private readonly StageTimes encode = new("encode alone, 1 thread");
    private readonly StageTimes segment = new("one worker: decode and encode");
    private readonly TestFarm farm;
    private readonly StagesOptions options;
    private readonly RenderSettings settings;

    private StagesBenchmark(TestFarm farm, StagesOptions options)
    {
        this.farm = farm;
        this.options = options;
        PackManifest manifest = farm.Services.GetRequiredService<PackCatalog>().ManifestOf(options.Pack);
        settings = new RenderSettings
        {
            Pack = options.Pack,
            Seed = 420,
            Steps = manifest.DefaultSteps,
            Encoding = new VideoEncoding { Codec = VideoCodec.H264, Crf = 18, FrameRate = Rate, SizePixels = options.SizePixels },
        };
    }

    private int FrameBytes => options.SizePixels * options.SizePixels * 3;

    public static async Task RunAsync(StagesOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using TestFarm farm = await TestFarm.StartAsync((services, folder) => services
            .AddBuiltInPacks(o => (o.ModelsFolder, o.OnnxRuntimeLibrary) = (Path.Combine(folder, "models"), NpmPackages.OnnxRuntimeLibrary))
            .AddWorker(o => (o.Slots, o.WorkFolder) = (options.Workers, Path.Combine(folder, "worker")))
            .AddStitcher(o => o.WorkFolder = Path.Combine(folder, "stitcher")));
        farm.Events.Patience = TimeSpan.FromHours(1);
        await MediaPipeModels.ImportAsync(NpmPackages.Folder, Path.Combine(farm.Folder, "models"), cancellationToken);
        await new StagesBenchmark(farm, options).RunAsync(output, cancellationToken);
    }

    private async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"{options.Pack}, {options.SizePixels}x{options.SizePixels}, 24 fps, H.264 crf 18, {Environment.ProcessorCount} cores, {options.Length.TotalSeconds:F0} s of speech");
        byte[] sound = await Lecture.SoundAsync(options.Length, cancellationToken);
        byte[] portrait = await Lecture.PortraitAsync(cancellationToken);
        HandCoordinator job = new(farm, settings, "job/");
        (PreparedInputs inputs, TimeSpan prepareTime) = await TimedAsync(() => job.PrepareAsync(sound, portrait));

        await MeasureStagesAsync(inputs, cancellationToken);
        await WriteTableAsync(output);

        IReadOnlyList<PlannedSegment> plan = await job.PlanAsync(inputs, SegmentLength);
        // The sound is encoded beside the pictures, as the coordinator has it done.
        Task<(bool, TimeSpan Elapsed)> track = TimedAsync(async () =>
        {
            await job.EncodeAudioAsync(inputs);
            return true;
        });
        (IReadOnlyList<SegmentRendered> rendered, TimeSpan renderTime) = await TimedAsync(() => job.RenderAsync(inputs, plan));
        TimeSpan trackTime = (await track).Elapsed;
        (_, TimeSpan blendTime) = await TimedAsync(async () =>
        {
            await job.BlendAsync(plan, rendered);
            return true;
        });
        (VideoMuxed video, TimeSpan joinTime) = await TimedAsync(() => job.JoinAsync(inputs, rendered));

        TimeSpan whole = prepareTime + renderTime + blendTime + joinTime;
        double framesPerSecond = inputs.FrameCount / whole.TotalSeconds;
        await output.WriteLineAsync();
        await output.WriteLineAsync($"one job, {plan.Count} segments, {options.Workers} at a time, {inputs.FrameCount} frames, {video.SizeBytes / 1e6:F1} MB");
        await output.WriteLineAsync($"  prepare  {prepareTime.TotalSeconds,8:F2} s");
        await output.WriteLineAsync($"  render   {renderTime.TotalSeconds,8:F2} s  {inputs.FrameCount / renderTime.TotalSeconds,8:F1} frames/s  {inputs.FrameCount / renderTime.TotalSeconds / encode.Median,6:F2} of the encoder alone");
        await output.WriteLineAsync($"  sound    {trackTime.TotalSeconds,8:F2} s  beside the rendering");
        await output.WriteLineAsync($"  borders  {blendTime.TotalSeconds,8:F2} s");
        await output.WriteLineAsync($"  join     {joinTime.TotalSeconds,8:F2} s  stitching: borders and join {inputs.FrameCount / (blendTime + joinTime).TotalSeconds:F0} frames/s");
        await output.WriteLineAsync($"  all      {whole.TotalSeconds,8:F2} s  {framesPerSecond,8:F1} frames/s  {framesPerSecond / 24,6:F2} x real time");
        using Process self = Process.GetCurrentProcess();
        await output.WriteLineAsync($"  peak memory of this process {self.PeakWorkingSet64 / 1e6:F0} MB");
    }

    private async Task MeasureStagesAsync(PreparedInputs inputs, CancellationToken cancellationToken)
    {
        FrameRange frames = new(0, Math.Min(RoundFrames, inputs.FrameCount));
        IModelPack pack = await farm.Services.GetRequiredService<PackCatalog>().GetAsync(options.Pack, cancellationToken);
        using StorePcmTrack audio = new(farm.Store, inputs.PcmKey, inputs.PcmSampleCount);
        WindowedSampler sampler = SamplerOf(pack.Manifest, inputs.FrameCount);
        using ISegmentModel model = await pack.OpenAsync(
            new SegmentContext
            {
                Frames = sampler.ConeOf(frames).Span,
                FrameCount = inputs.FrameCount,
                Audio = audio,
                Settings = settings,
                Store = farm.Store,
                PackPrefix = inputs.PackPrefix,
            },
            cancellationToken);
        byte[] pictures = new byte[checked((int)frames.Count * FrameBytes)];
        for (int round = -1; round < options.Rounds; round++)
        {
            bool counts = round >= 0; // the first one warms up
            DenoisedFrames latents = Measure(counts ? denoise : null, frames.Count, () => sampler.Sample(model, frames, progress: null, cancellationToken));
            using (latents)
                Measure(counts ? decode : null, frames.Count, () => Decode(model, latents, pictures, cancellationToken));
            (_, TimeSpan encodeTime) = await TimedAsync(() => EncodeAsync(pictures, cancellationToken));
            SegmentRendered rendered = await RenderAsync(inputs, frames, round);
            if (!counts)
                continue;
            encode.Add(frames.Count, encodeTime);
            segment.Add(frames.Count, rendered.DecodeTime);
        }
    }

    private WindowedSampler SamplerOf(PackManifest manifest, long frameCount)
    {
        WindowGeometry geometry = new(manifest.WindowFrames, manifest.WindowOverlapFrames, manifest.WindowShiftFrames);
        return new WindowedSampler(
            WindowGrid.Create(settings.Closing, geometry, frameCount), new DdimScheduler(settings.Steps), settings.Seed, manifest.NoiseClamp);
    }

    private bool Decode(ISegmentModel model, DenoisedFrames latents, byte[] pictures, CancellationToken cancellationToken)
    {
        for (long first = latents.Frames.First; first < latents.Frames.End; first += model.DecodeBatch)
        {
            FrameRange batch = new(first, Math.Min(first + model.DecodeBatch, latents.Frames.End));
            int offset = (int)(first - latents.Frames.First) * FrameBytes;
            model.Decode(first, latents.Rows(batch), pictures.AsSpan(offset, (int)batch.Count * FrameBytes), cancellationToken);
        }

        return true;
    }

    private async Task<long> EncodeAsync(byte[] pictures, CancellationToken cancellationToken)
    {
        await using ChunkEncoder encoder = ChunkEncoder.Start(MediaTools.FromPath, settings.Encoding, Path.Combine(farm.Folder, "alone.mp4"));
        for (int at = 0; at < pictures.Length; at += FrameBytes)
            await encoder.WriteAsync(pictures.AsMemory(at, FrameBytes), cancellationToken);
        return await encoder.FinishAsync(cancellationToken);
    }

    private async Task<SegmentRendered> RenderAsync(PreparedInputs inputs, FrameRange frames, int round)
    {
        HandCoordinator turn = new(farm, settings, $"turn/{round + 1}/");
        return (await turn.RenderAsync(inputs, [new PlannedSegment(frames, default, default)]))[0];
    }

    private static T Measure<T>(StageTimes? stage, long frames, Func<T> work)
    {
        long from = Stopwatch.GetTimestamp();
        T result = work();
        stage?.Add(frames, Stopwatch.GetElapsedTime(from));
        return result;
    }

    private static async Task<(T Result, TimeSpan Elapsed)> TimedAsync<T>(Func<Task<T>> work)
    {
        long from = Stopwatch.GetTimestamp();
        T result = await work();
        return (result, Stopwatch.GetElapsedTime(from));
    }

    private async Task WriteTableAsync(TextWriter output)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"{"stage",-32}{"frames/s",10}{"slowest",10}{"fastest",10}{"x real",9}{"x encoder",11}");
        foreach (StageTimes stage in (StageTimes[])[denoise, decode, encode, segment])
            await output.WriteLineAsync($"{stage.Name,-32}{stage.Median,10:F1}{stage.Slowest,10:F1}{stage.Fastest,10:F1}{stage.Median / 24,9:F1}{stage.Median / encode.Median,11:F2}");
    }
}
