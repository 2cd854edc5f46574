using RenderFarm.OnnxRuntime.Native;

namespace RenderFarm.OnnxRuntime;

/// <summary>
/// A tensor that a session can read or write in place. Element types: <see cref="float"/>, <see cref="Half"/>,
/// <see cref="long"/>, <see cref="bool"/>; row-major, no gaps.
/// </summary>
/// <remarks>
/// Dispose it when no run will use it again. A run under way and a binding keep its memory pinned as long as they need it.
/// Memory that lives on a device becomes another subclass; sessions and bindings only use what is declared here.
/// </remarks>
public abstract class OrtTensor : IDisposable
{
    private readonly long[] _shape;

    private protected OrtTensor(NativeObject value, OrtElementType elementType, long[] shape)
    {
        Value = value;
        ElementType = elementType;
        _shape = shape;
    }

    public OrtElementType ElementType { get; }

    /// <summary>Sizes of the axes, outermost first; none for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    internal NativeObject Value { get; }

    /// <summary>A tensor over memory of the caller, without a copy. The memory stays pinned until the tensor is released.</summary>
    /// <exception cref="ArgumentException">The shape does not need exactly the length of the memory.</exception>
    /// <exception cref="NotSupportedException">An element type without a tensor form here.</exception>
    public static OrtTensor<T> Over<T>(OrtRuntime runtime, Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged => new(runtime, memory, shape.ToArray());

    /// <summary>A tensor over fresh memory, all zero.</summary>
    /// <inheritdoc cref="Over{T}"/>
    public static OrtTensor<T> Zeros<T>(OrtRuntime runtime, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        new(runtime, GC.AllocateArray<T>(TensorShape.ElementCount(shape), pinned: true), shape.ToArray());

    /// <summary>For example <c>Float32 [1, 3, 192, 192]</c>.</summary>
    public override string ToString() => $"{ElementType} {TensorShape.Text(_shape)}";

    public void Dispose()
    {
        Value.Dispose();
        GC.SuppressFinalize(this);
    }
}
