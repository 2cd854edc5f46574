using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Storage;
using RenderFarm.Timeline;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>A job on a folder store, prepared with known faces and rendered as a worker does it.</summary>
internal sealed class PuppetJob : IDisposable
{
    public const string Prefix = "jobs/1/pack/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("puppet-");
    private readonly PuppetPack _pack;

    public PuppetJob(params PortraitFace[] faces)
        : this(() => new GoldenFaces(faces))
    {
    }

    public PuppetJob(Func<IPortraitFaces> openFaces)
    {
        Store = new FolderObjectStore(_folder.FullName);
        _pack = new PuppetPack(openFaces);
    }

    public IObjectStore Store { get; }

    public PuppetPack Pack => _pack;

    public RenderSettings Settings { get; set; } = SettingsOf(24, 512);

    public required RgbImage Portrait { get; init; }

    public required float[] Samples { get; init; }

    public FrameRate Rate => Settings.Encoding.FrameRate;

    public long FrameCount => Math.Max(1, (long)Math.Round((double)Samples.Length / IPcmTrack.SampleRateHz * Rate.Numerator / Rate.Denominator));

    public static RenderSettings SettingsOf(int fps, int size) => new()
    {
        Pack = "puppet",
        Seed = 420,
        Steps = 6,
        Encoding = new VideoEncoding { Codec = VideoCodec.Ffv1, Crf = 18, FrameRate = new FrameRate(fps, 1), SizePixels = size },
    };

    public static PuppetJob Of(string portrait, float[] samples, int size = 512) => new(RealInputs.GoldenFace(portrait))
    {
        Portrait = RealInputs.Portrait(portrait),
        Samples = samples,
        Settings = SettingsOf(24, size),
    };

    public Task<PackPreparation> PrepareAsync() => _pack.PrepareAsync(
        new PrepareContext
        {
            Portrait = Portrait,
            Audio = new ArrayPcmTrack(Samples),
            FrameCount = FrameCount,
            Settings = Settings,
            Store = Store,
            PackPrefix = Prefix,
        },
        CancellationToken.None);

    public async Task<ISegmentModel> OpenAsync(FrameRange frames) => await _pack.OpenAsync(
        new SegmentContext
        {
            Frames = frames,
            FrameCount = FrameCount,
            Audio = new ArrayPcmTrack(Samples),
            Settings = Settings,
            Store = Store,
            PackPrefix = Prefix,
        },
        CancellationToken.None);

    /// <summary>Denoises a range with exactly the halo it needs.</summary>
    public async Task<float[]> DenoiseAsync(FrameRange frames)
    {
        WindowedSampler sampler = Sampler();
        using ISegmentModel model = await OpenAsync(sampler.ConeOf(frames).Noise);
        using DenoisedFrames denoised = sampler.Sample(model, frames, null, CancellationToken.None);
        return denoised.Rows(frames).ToArray();
    }

    public async Task<byte[][]> RenderAsync(FrameRange frames)
    {
        float[] latents = await DenoiseAsync(frames);
        using ISegmentModel model = await OpenAsync(frames);
        int bytes = Settings.Encoding.SizePixels * Settings.Encoding.SizePixels * 3;
        var pictures = new byte[frames.Count][];
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i] = new byte[bytes];
            model.Decode(frames.First + i, latents.AsSpan(i * model.LatentLength, model.LatentLength), pictures[i], CancellationToken.None);
        }

        return pictures;
    }

    public void Dispose()
    {
        _pack.Dispose();
        _folder.Delete(recursive: true);
    }

    private WindowedSampler Sampler()
    {
        PackManifest manifest = _pack.Manifest;
        var geometry = new WindowGeometry(manifest.WindowFrames, manifest.WindowOverlapFrames, manifest.WindowShiftFrames);
        return new WindowedSampler(
            WindowGrid.Create(Settings.Closing, geometry, FrameCount), new DdimScheduler(Settings.Steps), Settings.Seed, manifest.NoiseClamp);
    }
}
