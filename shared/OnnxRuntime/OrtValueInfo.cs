using System.Collections.Immutable;

namespace RenderFarm.OnnxRuntime;

/// <summary>What a model declares about one input or output. No axes: a scalar, or a model that leaves the shape open.</summary>
public sealed record OrtValueInfo(string Name, OrtElementType ElementType, ImmutableArray<OrtDimension> Shape)
{
    /// <summary>For example <c>'image' Float32 [batch, 3, 192, 192]</c>.</summary>
    public override string ToString() => $"'{Name}' {ElementType} [{string.Join(", ", Shape)}]";

    internal bool Takes(OrtTensor tensor) => tensor.ElementType == ElementType && Takes(tensor.Shape);

    private bool Takes(ReadOnlySpan<long> shape)
    {
        // The C API answers "no axes" for an open shape too; ONNX Runtime itself then refuses what a scalar cannot take.
        if (Shape.IsEmpty)
            return true;
        if (shape.Length != Shape.Length)
            return false;
        for (int axis = 0; axis < shape.Length; axis++)
            if (Shape[axis].Size is { } size && size != shape[axis])
                return false;
        return true;
    }
}
