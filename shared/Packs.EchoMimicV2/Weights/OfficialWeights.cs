using RenderFarm.Checkpoints;
using RenderFarm.OnnxGraph;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Weights;

/// <summary>The checkpoints of the official <c>pretrained_weights</c> folder, open, and the networks they hold.</summary>
public sealed class OfficialWeights : IDisposable
{
    private readonly Dictionary<string, Checkpoint> _open = new(StringComparer.Ordinal);

    private OfficialWeights(string folder, string suffix)
    {
        try
        {
            UNet = OfficialConfigs.ReadUNet(Path.Combine(folder, "sd-image-variations-diffusers", "unet", "config.json"));
            VaeSizes = OfficialConfigs.ReadVae(Path.Combine(folder, "sd-vae-ft-mse", "config.json"));
            Open("denoising_unet", Path.Combine(folder, $"denoising_unet{suffix}.pth"));
            Open("motion_module", Path.Combine(folder, $"motion_module{suffix}.pth"));
            Open("reference_unet", Path.Combine(folder, "reference_unet.pth"));
            Open("pose_encoder", Path.Combine(folder, "pose_encoder.pth"));
            Open("vae", Path.Combine(folder, "sd-vae-ft-mse", "diffusion_pytorch_model.safetensors"));
            Open("whisper", Path.Combine(folder, "audio_processor", "tiny.pt"));
            AudioChannels = OfficialConfigs.AudioChannelsOf(_open["denoising_unet"]);
            Whisper = OfficialConfigs.OfWhisper(_open["whisper"]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public UNetConfig UNet { get; }

    public VaeConfig VaeSizes { get; }

    public WhisperConfig Whisper { get; }

    /// <summary>Width of the audio features the denoising network listens to.</summary>
    public int AudioChannels { get; }

    /// <param name="folder">The folder in the layout of the official release.</param>
    /// <param name="accelerated">Take the files of the accelerated variant (…_acc.pth).</param>
    /// <exception cref="Failures.PermanentException">A file is missing or damaged.</exception>
    public static OfficialWeights Open(string folder, bool accelerated) => new(folder, accelerated ? "_acc" : "");

    public OnnxModel VaeEncoder(NetworkOptions options) => Vae.BuildEncoder(VaeSizes, new VaeParameters(_open["vae"], "encoder.", "quant_conv."), options);

    public OnnxModel VaeDecoder(NetworkOptions options) => Vae.BuildDecoder(VaeSizes, new VaeParameters(_open["vae"], "decoder.", "post_quant_conv."), options);

    public OnnxModel PoseNetwork(NetworkOptions options) =>
        PoseEncoder.Build(UNet.BlockOutChannels[0], new CheckpointParameters([_open["pose_encoder"]]), options);

    public OnnxModel WhisperNetwork(NetworkOptions options) =>
        WhisperEncoder.Build(Whisper, new CheckpointParameters([_open["whisper"]], name => name.StartsWith("encoder.", StringComparison.Ordinal)
            && !name.StartsWith("encoder.ln_post.", StringComparison.Ordinal)), options);

    public OnnxModel ReferenceNetwork(NetworkOptions options, params IReadOnlyList<string> probes) =>
        ReferenceUNet.Build(UNet, new CheckpointParameters([_open["reference_unet"]]), options, probes);

    public OnnxModel ReferenceProjectionNetwork(NetworkOptions options) =>
        ReferenceProjection.Build(TransformerBlocks.Of(UNet), new CheckpointParameters([_open["denoising_unet"]]), options);

    public OnnxModel DenoisingNetwork(NetworkOptions options, params IReadOnlyList<string> probes) =>
        DenoisingUNet.Build(UNet, AudioChannels, new CheckpointParameters([_open["motion_module"], _open["denoising_unet"]]), options, probes);

    /// <summary>Describes a network; its parameters are read when it is written.</summary>
    public OnnxModel Build(EchoMimicNetwork network, NetworkOptions options) => network switch
    {
        EchoMimicNetwork.Whisper => WhisperNetwork(options),
        EchoMimicNetwork.VaeEncoder => VaeEncoder(options),
        EchoMimicNetwork.Reference => ReferenceNetwork(options),
        EchoMimicNetwork.ReferenceProjection => ReferenceProjectionNetwork(options),
        EchoMimicNetwork.PoseEncoder => PoseNetwork(options),
        EchoMimicNetwork.Denoiser => DenoisingNetwork(options),
        EchoMimicNetwork.VaeDecoder => VaeDecoder(options),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, null),
    };

    public void Dispose()
    {
        foreach (Checkpoint checkpoint in _open.Values)
            checkpoint.Dispose();
    }

    private void Open(string name, string path) => _open.Add(name, Checkpoint.Open(path));
}
