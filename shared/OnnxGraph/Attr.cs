namespace RenderFarm.OnnxGraph;

/// <summary>An attribute: a named constant of a node. Made by the factories, one per ONNX attribute type used here.</summary>
public sealed class Attr
{
    private Attr(string name, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Value = value;
    }

    public string Name { get; }

    /// <summary>A long, float or string, a list of one of them, or an <see cref="Initializer"/>.</summary>
    public object Value { get; }

#pragma warning disable CA1720 // ONNX names its attribute types so.
    public static Attr Int(string name, long value) => new(name, value);

    public static Attr Float(string name, float value) => new(name, value);
#pragma warning restore CA1720

    public static Attr Text(string name, string value) => new(name, value);

    public static Attr Ints(string name, params IReadOnlyList<long> values) => new(name, values);

    public static Attr Floats(string name, params IReadOnlyList<float> values) => new(name, values);

    public static Attr Texts(string name, params IReadOnlyList<string> values) => new(name, values);

    /// <summary>A tensor, as ConstantOfShape takes it. Its name is not used by ONNX.</summary>
    public static Attr Tensor(string name, Initializer value) => new(name, value);
}
