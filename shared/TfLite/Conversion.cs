using RenderFarm.Failures;
using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>
/// State of one conversion: which ONNX value stands for which TFLite tensor, in which order of axes. Values are transposed
/// when first asked for in another order, so the graph stays in one order as long as its operations agree.
/// </summary>
internal sealed class Conversion
{
    /// <summary>Real networks double their float16 weights; more growth than this is an attack on the disk.</summary>
    private const int MaximumGrowth = 8;

    /// <summary>Far above any real network's largest tensor; keeps every product of sizes within range.</summary>
    private const long MaximumElements = 1L << 26;

    private readonly TfLiteModel model;
    private readonly Dictionary<(int Tensor, Layout Layout), string> values = [];
    private readonly Dictionary<int, ConstantTensor> constants = [];
    private long constantBytesLeft;

    public Conversion(TfLiteModel model)
    {
        this.model = model;
        Graph = new Graph(model.Name);
        constantBytesLeft = (MaximumGrowth * model.FileBytes) + (1 << 20);
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            CheckSize(i);
            if (model.Tensors[i].IsConstant)
                constants[i] = new ConstantTensor(model.Tensors[i].Shape, model.Tensors[i].Type, model.Tensors[i].Constant);
        }
    }

    public Graph Graph { get; }

    public IReadOnlyList<int> Shape(int tensor) => model.Tensors[tensor].Shape;

    public bool IsDefined(int tensor) =>
        constants.ContainsKey(tensor)
        || values.ContainsKey((tensor, Layout.Plain))
        || values.ContainsKey((tensor, Layout.Nchw));

    /// <summary>The order in which the value exists already; a constant takes any.</summary>
    public Layout LayoutOf(int tensor) => values.ContainsKey((tensor, Layout.Nchw)) ? Layout.Nchw : Layout.Plain;

    public void Define(int tensor, Layout layout, string value)
    {
        if (IsDefined(tensor))
            throw Damaged($"tensor {NameOf(tensor)} is computed twice");
        values.Add((tensor, layout), value);
    }

    public void DefineConstant(int tensor, ConstantTensor constant)
    {
        if (IsDefined(tensor))
            throw Damaged($"tensor {NameOf(tensor)} is computed twice");
        constants.Add(tensor, constant);
    }

    /// <summary>The ONNX value of a tensor. In <see cref="Layout.Nchw"/>, constants of lower rank get leading axes of size 1.</summary>
    public string Value(int tensor, Layout layout)
    {
        if (values.TryGetValue((tensor, layout), out string? value))
            return value;
        if (constants.TryGetValue(tensor, out ConstantTensor? constant))
            value = EmitConstant(tensor, constant, layout);
        else
            value = Transpose(tensor, layout);
        values.Add((tensor, layout), value);
        return value;
    }

    public ConstantTensor Constant(int tensor)
    {
        if (tensor < 0 || !constants.TryGetValue(tensor, out ConstantTensor? constant))
            throw Damaged("an operation needs a constant and gets none");
        CheckData(tensor, constant);
        return constant;
    }

    public float[] Floats(int tensor)
    {
        ConstantTensor constant = Constant(tensor);
        return constant.Type is TfLiteElementType.Float32 or TfLiteElementType.Float16
            ? constant.Floats()
            : throw Damaged($"tensor {NameOf(tensor)} holds {constant.Type} instead of numbers");
    }

    public int[] Ints(int tensor)
    {
        ConstantTensor constant = Constant(tensor);
        return constant.Type == TfLiteElementType.Int32
            ? constant.Ints()
            : throw Damaged($"tensor {NameOf(tensor)} holds {constant.Type} instead of integers");
    }

    public string Initializer(string stem, IReadOnlyList<long> shape, float[] data)
    {
        constantBytesLeft -= data.LongLength * sizeof(float);
        if (constantBytesLeft < 0)
            throw Damaged("its constants are far larger than the file");
        return Graph.AddInitializer(OnnxGraph.Initializer.Floats(Graph.FreshName(stem), shape, data));
    }

    public string Initializer(string stem, params long[] data) =>
        Graph.AddInitializer(OnnxGraph.Initializer.Int64s(Graph.FreshName(stem), data));

    public static long[] Longs(IReadOnlyList<int> numbers) => [.. numbers.Select(n => (long)n)];

    public PermanentException Damaged(string what) =>
        new($"The TFLite network '{model.Name}' is damaged ({what}): install its package again.");

    public PermanentException Unsupported(string what) =>
        new($"The TFLite network '{model.Name}' cannot be converted because {what}: use one of the networks RenderFarm lists.");

    private string EmitConstant(int tensor, ConstantTensor constant, Layout layout)
    {
        float[] data = Floats(tensor);
        if (layout == Layout.Plain)
            return Initializer("constant", Longs(constant.Shape), data);
        if (constant.Shape.Count > 4)
            throw Unsupported($"a constant has {constant.Shape.Count} axes");
        int[] shape = [.. Enumerable.Repeat(1, 4 - constant.Shape.Count), .. constant.Shape];
        return Initializer("constant", Longs(Axes.Permute(shape, Axes.NhwcToNchw)), Axes.Permute(data, shape, Axes.NhwcToNchw));
    }

    private string Transpose(int tensor, Layout layout)
    {
        Layout other = layout == Layout.Plain ? Layout.Nchw : Layout.Plain;
        if (!values.TryGetValue((tensor, other), out string? value))
            throw Damaged($"tensor {NameOf(tensor)} is used before it is computed");
        if (Shape(tensor).Count != 4)
            throw Damaged($"tensor {NameOf(tensor)} has {Shape(tensor).Count} axes instead of 4");
        int[] order = layout == Layout.Plain ? Axes.NchwToNhwc : Axes.NhwcToNchw;
        return Graph.Add("Transpose", [value], Attr.Ints("perm", Longs(order)));
    }

    private string NameOf(int tensor) => Quoted.Name(model.Tensors[tensor].Name);

    private void CheckSize(int tensor)
    {
        long elements = 1;
        foreach (int size in Shape(tensor))
        {
            elements *= size;
            if (elements > MaximumElements)
                throw Damaged($"tensor {NameOf(tensor)} is impossibly large");
        }
    }

    private void CheckData(int tensor, ConstantTensor constant)
    {
        int elementBytes = constant.Type switch
        {
            TfLiteElementType.Float16 => 2,
            TfLiteElementType.Float32 or TfLiteElementType.Int32 => 4,
            TfLiteElementType.Int64 => 8,
            _ => throw Unsupported($"it stores elements of type {(int)constant.Type}"),
        };
        long expected = constant.Shape.Aggregate((long)elementBytes, (bytes, size) => bytes * size);
        if (expected != constant.Bytes.Length)
            throw Damaged($"tensor {NameOf(tensor)} has {constant.Bytes.Length} bytes instead of {expected}");
    }
}
