namespace RenderFarm.Contracts;

public enum VideoCodec
{
    /// <summary>H.264, yuv420p, BT.709 limited range, constant quality.</summary>
    H264 = 0,

    /// <summary>FFV1 in RGB: every pixel as it was rendered.</summary>
    Ffv1 = 1,
}
