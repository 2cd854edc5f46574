namespace RenderFarm.OnnxGraph;

/// <summary>A constant tensor of a graph: weights, shapes, axes.</summary>
public sealed class Initializer
{
    /// <exception cref="ArgumentException">The data is not as long as shape and type say.</exception>
    public Initializer(string name, OnnxElementType type, IReadOnlyList<long> shape, TensorData data)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(data);
        long bytes = type.ByteSize();
        foreach (long dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension);
            bytes = checked(bytes * dimension);
        }

        if (bytes != data.ByteLength)
        {
            throw new ArgumentException(
                $"'{name}' of type {type} and shape [{string.Join(", ", shape)}] has {bytes} bytes, got {data.ByteLength}.", nameof(data));
        }

        Name = name;
        Type = type;
        Shape = shape;
        Data = data;
    }

    public string Name { get; }

    public OnnxElementType Type { get; }

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    public TensorData Data { get; }

    public static Initializer Floats(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, OnnxElementType.Float, shape, TensorData.Of(values));

    /// <summary>A one-dimensional int64 tensor, the form shapes, axes and pads take.</summary>
    public static Initializer Int64s(string name, ReadOnlyMemory<long> values) =>
        new(name, OnnxElementType.Int64, [values.Length], TensorData.Of(values));
}
