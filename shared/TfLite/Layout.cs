namespace RenderFarm.TfLite;

/// <summary>Order of axes a value has in the ONNX graph.</summary>
internal enum Layout
{
    /// <summary>As in TFLite: channels last, any rank.</summary>
    Plain,

    /// <summary>Batch, channels, height, width: what ONNX convolutions take. Rank 4 only.</summary>
    Nchw,
}
