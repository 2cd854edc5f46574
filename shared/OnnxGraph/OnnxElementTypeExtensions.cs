namespace RenderFarm.OnnxGraph;

/// <summary>Sizes of element types.</summary>
public static class OnnxElementTypeExtensions
{
    /// <summary>Bytes one element takes in raw tensor data.</summary>
    public static int ByteSize(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 => 4,
        OnnxElementType.Int64 or OnnxElementType.Double => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };
}
