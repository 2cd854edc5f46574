using System.Globalization;

namespace RenderFarm.OnnxRuntime;

/// <summary>One axis of a model's input or output: a fixed size, a symbol such as <c>batch</c>, or neither (any size).</summary>
public readonly record struct OrtDimension(long? Size, string? Symbol)
{
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
