using System.Runtime.InteropServices;

namespace RenderFarm.OnnxRuntime.Tests;

/// <summary>ONNX models of a node or two, spelled field by field (onnx.proto, IR version 8, opset 17).</summary>
internal static class TinyModel
{
    private const int TensorAttribute = 4;
    private const int GraphAttribute = 5;

    /// <summary>y = operation(inputs), all of one type and shape; sizes are numbers, symbols or "?".</summary>
    public static byte[] OneNode(string operation, OrtElementType type, object[] shape, params string[] inputs) =>
        Model(Graph([Node(operation, inputs, ["y"])], [.. inputs.Select(name => Value(name, type, shape))], [Value("y", type, shape)]));

    /// <summary>y = Cast(x) to another type.</summary>
    public static byte[] Cast(OrtElementType from, OrtElementType to, params object[] shape) =>
        Model(Graph(
            [Node("Cast", ["x"], ["y"]).Message(5, Attribute("to", 2).Number(3, (long)to))],
            [Value("x", from, shape)],
            [Value("y", to, shape)]));

    /// <summary>y = x + w, with w inside the model or, when a file is named, in that file beside it.</summary>
    public static byte[] AddWeights(float[] weights, string? externalFile = null)
    {
        Protobuf w = new Protobuf().Number(1, weights.Length).Number(2, (long)OrtElementType.Float32).Text(8, "w");
        if (externalFile is null)
            w.Bytes(9, MemoryMarshal.AsBytes(weights.AsSpan()));
        else
            w.Message(13, new Protobuf().Text(1, "location").Text(2, externalFile)).Number(14, 1);
        object[] shape = [(long)weights.Length];
        return Model(Graph(
            [Node("Add", ["x", "w"], ["y"])], [Value("x", OrtElementType.Float32, shape)], [Value("y", OrtElementType.Float32, shape)], [w]));
    }

    /// <summary>y = a·b, m×k times k×n.</summary>
    public static byte[] MatMul(long m, long k, long n) =>
        Model(Graph(
            [Node("MatMul", ["a", "b"], ["y"])],
            [Value("a", OrtElementType.Float32, m, k), Value("b", OrtElementType.Float32, k, n)],
            [Value("y", OrtElementType.Float32, m, n)]));

    /// <summary>Adds x to itself <c>trips</c> times, one node after the other: as long a run as a test wants.</summary>
    public static byte[] Loop(long size)
    {
        Protobuf body = Graph(
            [Node("Add", ["state", "x"], ["sum"]), Node("Identity", ["going"], ["goOn"])],
            [Value("trip", OrtElementType.Int64), Value("going", OrtElementType.Bool), Value("state", OrtElementType.Float32, size)],
            [Value("goOn", OrtElementType.Bool), Value("sum", OrtElementType.Float32, size)]);
        Protobuf loop = Node("Loop", ["trips", "on", "x"], ["y"]).Message(5, Attribute("body", GraphAttribute).Message(6, body));
        return Model(Graph(
            [Constant("on", OrtElementType.Bool, [1]), loop],
            [Value("trips", OrtElementType.Int64), Value("x", OrtElementType.Float32, size)],
            [Value("y", OrtElementType.Float32, size)]));
    }

    /// <summary>The positions of the elements of x that are not zero: an output whose shape the input's content decides.</summary>
    public static byte[] NonZero(long size) =>
        Model(Graph([Node("NonZero", ["x"], ["y"])], [Value("x", OrtElementType.Float32, size)], [Value("y", OrtElementType.Int64, 1L, "count")]));

    /// <summary>A model with a sequence as its input.</summary>
    public static byte[] SequenceInput()
    {
        Protobuf type = new Protobuf().Message(4, new Protobuf().Message(1, TensorType(OrtElementType.Float32, [2L])));
        Protobuf input = new Protobuf().Text(1, "x").Message(2, type);
        return Model(Graph([Node("SequenceLength", ["x"], ["y"])], [input], [Value("y", OrtElementType.Int64)]));
    }

    private static Protobuf Constant(string name, OrtElementType type, byte[] raw) =>
        Node("Constant", [], [name]).Message(
            5, Attribute("value", TensorAttribute).Message(5, new Protobuf().Number(2, (long)type).Bytes(9, raw)));

    private static Protobuf Attribute(string name, int kind) => new Protobuf().Text(1, name).Number(20, kind);

    private static Protobuf Node(string operation, string[] inputs, string[] outputs)
    {
        var node = new Protobuf();
        foreach (string input in inputs)
            node.Text(1, input);
        foreach (string output in outputs)
            node.Text(2, output);
        return node.Text(4, operation);
    }

    private static Protobuf Value(string name, OrtElementType type, params object[] shape) =>
        new Protobuf().Text(1, name).Message(2, TensorType(type, shape));

    private static Protobuf TensorType(OrtElementType type, object[] shape)
    {
        var axes = new Protobuf();
        foreach (object size in shape)
        {
            axes.Message(1, size switch
            {
                long number => new Protobuf().Number(1, number),
                "?" => new Protobuf(),
                _ => new Protobuf().Text(2, (string)size),
            });
        }

        return new Protobuf().Message(1, new Protobuf().Number(1, (long)type).Message(2, axes));
    }

    private static Protobuf Graph(Protobuf[] nodes, Protobuf[] inputs, Protobuf[] outputs, params Protobuf[] weights) =>
        new Protobuf().Messages(1, nodes).Text(2, "tiny").Messages(5, weights).Messages(11, inputs).Messages(12, outputs);

    private static byte[] Model(Protobuf graph) =>
        new Protobuf().Number(1, 8).Message(7, graph).Message(8, new Protobuf().Text(1, "").Number(2, 17)).ToArray();
}
