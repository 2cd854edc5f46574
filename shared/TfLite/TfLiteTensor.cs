namespace RenderFarm.TfLite;

/// <summary>A tensor of the network; channels are the last axis.</summary>
/// <param name="Shape">Sizes, outermost first, none negative.</param>
/// <param name="Constant">The little-endian elements of a constant; empty for everything the network computes.</param>
internal sealed record TfLiteTensor(string Name, TfLiteElementType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Constant)
{
    public bool IsConstant => !Constant.IsEmpty;
}
