namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>Element type of weights and activations. Normalisations and softmax are computed in single precision either way.</summary>
public enum NetworkPrecision
{
    Fp32 = 0,
    Fp16 = 1,
}
