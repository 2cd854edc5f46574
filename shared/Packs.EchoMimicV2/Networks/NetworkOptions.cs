namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>How a network is written down; the mathematics is the same.</summary>
public sealed record NetworkOptions
{
    public NetworkPrecision Precision { get; init; } = NetworkPrecision.Fp32;

    /// <summary>
    /// Attention as ONNX Runtime's contributed MultiHeadAttention, which never stores the score matrix. Off: MatMul, Softmax, MatMul of the
    /// standard operator set, for providers without the fused kernel and as the plain version the fused one is tested against.
    /// </summary>
    public bool FusedAttention { get; init; } = true;
}
