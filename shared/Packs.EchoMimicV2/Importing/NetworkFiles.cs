using RenderFarm.Packs.EchoMimicV2.Rendering;

namespace RenderFarm.Packs.EchoMimicV2.Importing;

/// <summary>Names of the networks' files in a pack.</summary>
public static class NetworkFiles
{
    /// <summary>The graph; its weights lie beside it, with <c>.data</c> added.</summary>
    public static string NameOf(EchoMimicNetwork network) => network switch
    {
        EchoMimicNetwork.Whisper => "whisper.onnx",
        EchoMimicNetwork.VaeEncoder => "vae_encoder.onnx",
        EchoMimicNetwork.Reference => "reference_unet.onnx",
        EchoMimicNetwork.ReferenceProjection => "reference_projection.onnx",
        EchoMimicNetwork.PoseEncoder => "pose_encoder.onnx",
        EchoMimicNetwork.Denoiser => "denoising_unet.onnx",
        EchoMimicNetwork.VaeDecoder => "vae_decoder.onnx",
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, null),
    };
}
