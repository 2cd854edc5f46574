using System.Text.RegularExpressions;
using RenderFarm.Contracts;
using RenderFarm.Imaging;
using RenderFarm.OnnxGraph;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Pictures;
using RenderFarm.Packs.EchoMimicV2.Rendering;
using RenderFarm.Packs.EchoMimicV2.Speech;
using RenderFarm.Packs.EchoMimicV2.Weights;

namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>What the stages share: the folder, its networks, and inputs computed from it on the way.</summary>
internal sealed partial class ParityContext : IDisposable
{
    private readonly OrtRuntime _runtime;
    private readonly OrtSessionOptions _sessionOptions;
    private readonly NetworkOptions _options = new();
    private readonly List<IDisposable> _owned = [];
    private double? _loudest;
    private RgbImage? _portrait;

    public ParityContext(GoldenFolder folder, OrtRuntime runtime, OrtSessionOptions sessionOptions)
    {
        Folder = folder;
        Settings = new GoldenSettings(folder);
        _runtime = runtime;
        _sessionOptions = sessionOptions;
        Weights = Own(OfficialWeights.Open(folder.WeightsFolder, accelerated: false));
        Networks = Own(EchoMimicNetworks.FromWeights(Weights, runtime, _options, sessionOptions));
    }

    public GoldenFolder Folder { get; }

    public GoldenSettings Settings { get; }

    public OfficialWeights Weights { get; }

    public EchoMimicNetworks Networks { get; }

    /// <summary>The networks of the accelerated variant where the folder has files for it, otherwise the same as <see cref="Networks"/>.</summary>
    public EchoMimicNetworks Accelerated => field ??= Folder.Has("pretrained_weights/denoising_unet_acc.pth")
        ? Own(EchoMimicNetworks.FromWeights(Own(OfficialWeights.Open(Folder.WeightsFolder, accelerated: true)), _runtime, _options, _sessionOptions))
        : Networks;

    /// <summary>The reference network with intermediate values as further outputs, <c>probe.MODULE</c>.</summary>
    public EchoMimicNetworks ProbedReference => field ??= Own(Probing(options => Weights.ReferenceNetwork(options, [.. Recorded("04_reference"), "out"])));

    /// <summary>The denoising network with intermediate values as further outputs, <c>probe.MODULE</c>.</summary>
    public EchoMimicNetworks ProbedDenoiser => field ??= Own(Probing(options => Weights.DenoisingNetwork(options, [.. Recorded("05_denoise")])));

    /// <summary>The portrait as the program with this filter reduces it: from the picture where there is one, else as recorded.</summary>
    public RgbImage Portrait(string filter, int height, int width)
    {
        string recorded = $"02_vae/ref_u8_{filter}_{height}x{width}.npy";
        string? picture = Folder.Find(PortraitFile()).Select(match => match.Value).FirstOrDefault();
        return picture is null
            ? new RgbImage(width, height, Folder.Array(recorded).Bytes())
            : PillowResize.Resize(_portrait ??= Folder.Picture(picture), width, height, filter == "bicubic" ? PictureFilter.Bicubic : PictureFilter.Lanczos);
    }

    /// <summary>The recorded latent of the portrait at a latent size, Lanczos before others; null where there is none.</summary>
    public float[]? RecordedReference(int height, int width) =>
        Folder.Find(ReferenceFile())
            .Where(match => match.Groups["size"].Value == $"{height}x{width}")
            .OrderByDescending(match => match.Groups["filter"].Value == "lanczos")
            .Select(match => Folder.Singles(match.Value))
            .FirstOrDefault();

    /// <summary>What the first frames hear.</summary>
    public async Task<SpeechFeatures> SpeechAsync(int frames, int framesPerSecond, CancellationToken cancellationToken)
    {
        GoldenTrack track = GoldenTrack.Of(Folder);
        _loudest ??= await new LogMelSpectrogram(track).MaximumAsync(cancellationToken);
        return await SpeechFeatures.LoadAsync(Networks, track, _loudest.Value, new FrameRange(0, frames), new FrameRate(framesPerSecond, 1), cancellationToken);
    }

    /// <summary>Features of the first pose maps of a size, per frame; null where the folder has no strip of so many.</summary>
    public float[][]? Poses(LatentSize size, int frames, CancellationToken cancellationToken)
    {
        Match? strip = Folder.Find(PoseStripFile())
            .FirstOrDefault(match => match.Groups["size"].Value == $"{size.PictureHeight}x{size.PictureWidth}"
                && int.Parse(match.Groups["frames"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) >= frames);
        if (strip is null)
            return null;
        RgbImage maps = Folder.Picture(strip.Value);
        int bytes = size.PictureHeight * size.PictureWidth * 3;
        using PoseFeatureEncoder encoder = new(Networks, size);
        return [.. Enumerable.Range(0, frames).Select(frame =>
            encoder.Encode(new RgbImage(size.PictureWidth, size.PictureHeight, maps.PixelsHWC.AsSpan(frame * bytes, bytes).ToArray()), cancellationToken))];
    }

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
            _owned[i].Dispose();
    }

    /// <summary>[A, B, …] → [B, A, …].</summary>
    public static float[] SwapLeading(ReadOnlySpan<float> values, int outer, int inner)
    {
        int plane = values.Length / outer / inner;
        float[] swapped = new float[values.Length];
        for (int a = 0; a < outer; a++)
            for (int b = 0; b < inner; b++)
                values.Slice(((a * inner) + b) * plane, plane).CopyTo(swapped.AsSpan(((b * outer) + a) * plane));
        return swapped;
    }

    private EchoMimicNetworks Probing(Func<NetworkOptions, OnnxModel> build) =>
        new(Weights.UNet, _ => EchoMimicNetworks.Open(build(_options), _runtime, _sessionOptions));

    private IEnumerable<string> Recorded(string stage) =>
        Folder.Find(ActivationFile()).Where(match => match.Groups["stage"].Value == stage).Select(match => match.Groups["module"].Value);

    private T Own<T>(T owned) where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    [GeneratedRegex(@"^(?<stage>\d\d_[^/]+)/act_(?<module>.+)\.npy$")]
    private static partial Regex ActivationFile();

    [GeneratedRegex(@"^02_vae/ref_[^/]*\.png$")]
    private static partial Regex PortraitFile();

    [GeneratedRegex(@"^02_vae/ref_latents_(?<filter>[a-z]+)_(?<size>\d+x\d+)\.npy$")]
    private static partial Regex ReferenceFile();

    [GeneratedRegex(@"^03_pose/pose_strip_(?<size>\d+x\d+)_(?<frames>\d+)\.png$")]
    private static partial Regex PoseStripFile();
}
