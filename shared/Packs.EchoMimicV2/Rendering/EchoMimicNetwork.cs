namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>The networks of the pack, in the order in which a job meets them.</summary>
public enum EchoMimicNetwork
{
    Whisper = 0,
    VaeEncoder = 1,
    Reference = 2,
    ReferenceProjection = 3,
    PoseEncoder = 4,
    Denoiser = 5,
    VaeDecoder = 6,
}
