namespace RenderFarm.OnnxGraph;

/// <summary>Name, element type and shape of a value.</summary>
public sealed record ValueInfo(string Name, OnnxElementType Type, IReadOnlyList<Dimension> Shape);
