using System.Buffers;
using System.Runtime.InteropServices;
using System.Numerics.Tensors;
using RenderFarm.Failures;
using RenderFarm.OnnxGraph;

namespace RenderFarm.Packs.EchoMimicV2.Networks;

/// <summary>
/// Writes the layers that all networks are made of, with their parameters under the checkpoint's names. Values are named by the strings that
/// come back. Axes: R rows (frames, perhaps of several windows), C channels, H×W, S tokens.
/// </summary>
/// <remarks>Operator set 21 (GroupNormalization with per-channel scale), plus com.microsoft for fused attention.</remarks>
public sealed class NetworkBuilder(string name, IParameterSource parameters, NetworkOptions options)
{
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    public Graph Graph { get; } = new(name);

    public NetworkOptions Options { get; } = options;

    public OnnxElementType Type { get; } = options.Precision == NetworkPrecision.Fp16 ? OnnxElementType.Float16 : OnnxElementType.Float;

    /// <summary>Adds an input of the network's element type.</summary>
    public string Input(string input, params IReadOnlyList<Dimension> shape) => Graph.AddInput(input, Type, shape);

    /// <summary>Names a computed value and makes it an output of the network's element type.</summary>
    public void Output(string value, string output, params IReadOnlyList<Dimension> shape)
    {
        Graph.Add(new Node { OpType = "Identity", Inputs = [value], Outputs = [output] });
        Graph.AddOutput(output, Type, shape);
    }

    public string Op(string opType, IReadOnlyList<string> inputs, params IReadOnlyList<Attr> attributes) => Graph.Add(opType, inputs, attributes);

    public string Add(string a, string b) => Op("Add", [a, b]);

    public string Mul(string a, string b) => Op("Mul", [a, b]);

    /// <summary>A parameter under its own name and shape.</summary>
    public string Parameter(string parameter, params IReadOnlyList<long> shape) => Take(parameter, shape, shape, transpose: false);

    /// <summary>A 3×3 or 1×1 convolution with bias on [R, C, H, W]; zero padding keeps the size at stride 1.</summary>
    public string Conv2d(string x, string layer, int inChannels, int outChannels, int kernel = 3, int stride = 1, IReadOnlyList<long>? pads = null)
    {
        string weight = Parameter($"{layer}.weight", outChannels, inChannels, kernel, kernel);
        string bias = Parameter($"{layer}.bias", outChannels);
        long pad = kernel / 2;
        return Op("Conv", [x, weight, bias],
            Attr.Ints("kernel_shape", kernel, kernel), Attr.Ints("strides", stride, stride), Attr.Ints("pads", pads ?? [pad, pad, pad, pad]));
    }

    /// <summary>x·Wᵀ + b over the last axis. PyTorch keeps W as [out, in]; it is stored transposed, as MatMul wants it.</summary>
    public string Linear(string x, string layer, int inFeatures, int outFeatures, bool bias = true)
    {
        string weight = Take($"{layer}.weight", [outFeatures, inFeatures], [inFeatures, outFeatures], transpose: true);
        string product = Op("MatMul", [x, weight]);
        return bias ? Add(product, Parameter($"{layer}.bias", outFeatures)) : product;
    }

    /// <summary>A 1×1 convolution applied to tokens [R, S, C]: the same numbers as on [R, C, H, W], without two transpositions.</summary>
    public string PointwiseConv(string tokens, string layer, int inChannels, int outChannels)
    {
        string weight = Take($"{layer}.weight", [outChannels, inChannels, 1, 1], [inChannels, outChannels], transpose: true);
        return Add(Op("MatMul", [tokens, weight]), Parameter($"{layer}.bias", outChannels));
    }

    /// <summary>Group normalisation of [R, C, H, W], each row alone. Wu and He 2018, arXiv:1803.08494.</summary>
    public string GroupNorm(string x, string layer, int channels, int groups, float epsilon)
    {
        string scale = Parameter($"{layer}.weight", channels);
        string shift = Parameter($"{layer}.bias", channels);
        return Op("GroupNormalization", [x, scale, shift], Attr.Int("num_groups", groups), Attr.Float("epsilon", epsilon));
    }

    /// <summary>Layer normalisation over the last axis.</summary>
    public string LayerNorm(string x, string layer, int width, float epsilon = 1e-5f) =>
        Op("LayerNormalization", [x, Parameter($"{layer}.weight", width), Parameter($"{layer}.bias", width)],
            Attr.Int("axis", -1), Attr.Float("epsilon", epsilon));

    /// <summary>x·sigmoid(x).</summary>
    public string Silu(string x) => Mul(x, Op("Sigmoid", [x]));

    /// <summary>x·Φ(x), with the error function, not its approximation.</summary>
    public string Gelu(string x) => Op("Gelu", [x]);

    /// <summary>softmax(q·kᵀ/√d)·v per head. q is [R, S, C]; k and v are [R, T, C]; C is heads × d.</summary>
    public string Attention(string q, string k, string v, int channels, int heads)
    {
        float scale = 1 / MathF.Sqrt(channels / (float)heads);
        if (Options.FusedAttention)
        {
            return Graph.Add(new Node
            {
                OpType = "MultiHeadAttention",
                Domain = "com.microsoft",
                Inputs = [q, k, v],
                Outputs = [Graph.FreshName("MultiHeadAttention")],
                Attributes = [Attr.Int("num_heads", heads), Attr.Float("scale", scale)],
            });
        }

        string Split(string x) => Op("Transpose", [Op("Reshape", [x, Int64s(0, 0, heads, channels / heads)])], Attr.Ints("perm", 0, 2, 1, 3));
        string keys = Op("Transpose", [Op("Reshape", [k, Int64s(0, 0, heads, channels / heads)])], Attr.Ints("perm", 0, 2, 3, 1));
        string scores = Op("MatMul", [Mul(Split(q), Scalar(scale)), keys]);
        string mixed = Op("MatMul", [Op("Softmax", [scores], Attr.Int("axis", -1)), Split(v)]);
        return Op("Reshape", [Op("Transpose", [mixed], Attr.Ints("perm", 0, 2, 1, 3)), Int64s(0, 0, channels)]);
    }

    /// <summary>Linear(C→8C), first half × GELU(second half), Linear(4C→C). Shazeer 2020, arXiv:2002.05202 (GEGLU).</summary>
    public string FeedForward(string x, string layer, int channels)
    {
        string both = Linear(x, $"{layer}.net.0.proj", channels, 8 * channels);
        string value = Graph.FreshName("value");
        string gate = Graph.FreshName("gate");
        Graph.Add(new Node { OpType = "Split", Inputs = [both], Outputs = [value, gate], Attributes = [Attr.Int("axis", -1), Attr.Int("num_outputs", 2)] });
        return Linear(Mul(value, Gelu(gate)), $"{layer}.net.2", 4 * channels, channels);
    }

    /// <summary>[R, C, H, W] → [R, H·W, C], row-major pixels.</summary>
    public string ToTokens(string x, int channels) =>
        Op("Transpose", [Op("Reshape", [x, Int64s(0, channels, -1)])], Attr.Ints("perm", 0, 2, 1));

    /// <summary>[R, H·W, C] → the shape of <paramref name="like"/>, which is [R, C, H, W].</summary>
    public string FromTokens(string tokens, string like) =>
        Op("Reshape", [Op("Transpose", [tokens], Attr.Ints("perm", 0, 2, 1)), Op("Shape", [like])]);

    /// <summary>Nearest-neighbour enlargement to the height and width of another value: source index = floor(index · from / to).</summary>
    public string UpsampleLike(string x, string like)
    {
        string sizes = Op("Concat", [Op("Shape", [x], Attr.Int("end", 2)), Op("Shape", [like], Attr.Int("start", 2))], Attr.Int("axis", 0));
        return Op("Resize", [x, "", "", sizes],
            Attr.Text("mode", "nearest"), Attr.Text("coordinate_transformation_mode", "asymmetric"), Attr.Text("nearest_mode", "floor"));
    }

    /// <summary>Nearest-neighbour enlargement to twice the height and width.</summary>
    public string UpsampleTwice(string x) =>
        Op("Resize", [x, "", Floats32(1, 1, 2, 2)],
            Attr.Text("mode", "nearest"), Attr.Text("coordinate_transformation_mode", "asymmetric"), Attr.Text("nearest_mode", "floor"));

    /// <summary>A constant of the network's element type.</summary>
    public string Scalar(float value) => Constant(Type == OnnxElementType.Float16 ? "half" : "single", [], value);

    /// <summary>A one-dimensional int64 constant.</summary>
    public string Int64s(params long[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string key = $"int64:{string.Join(',', values)}";
        if (!_constants.TryGetValue(key, out string? constant))
            _constants[key] = constant = Graph.AddInitializer(Initializer.Int64s(Graph.FreshName("const"), values));
        return constant;
    }

    /// <summary>The finished model.</summary>
    /// <exception cref="PermanentException">A parameter is missing, misshapen, or was left over; the message names it.</exception>
    public OnnxModel Build()
    {
        _problems.AddRange(parameters.Names.Where(left => !_used.Contains(left)).Select(left => $"'{left}' belongs to no layer"));
        if (_problems.Count > 0)
        {
            string more = _problems.Count > 5 ? $" and {_problems.Count - 5} more" : "";
            throw new PermanentException($"The checkpoint does not fit the network {name}: {string.Join("; ", _problems.Take(5))}{more}.");
        }

        return new OnnxModel(Graph)
        {
            IrVersion = 10,
            OperatorSets = new Dictionary<string, long> { [""] = 21, ["com.microsoft"] = 1 },
        };
    }

    /// <summary>A one-dimensional float32 constant, whatever the network's precision.</summary>
    public string Floats32(params float[] values) =>
        Graph.AddInitializer(Initializer.Floats(Graph.FreshName("const"), [values.Length], values));

    private string Constant(string kind, IReadOnlyList<long> shape, float value)
    {
        string key = $"{kind}:{BitConverter.SingleToInt32Bits(value)}";
        if (!_constants.TryGetValue(key, out string? constant))
        {
            TensorData data = Type == OnnxElementType.Float16 ? TensorData.Of<Half>(new[] { (Half)value }) : TensorData.Of<float>(new[] { value });
            _constants[key] = constant = Graph.AddInitializer(new Initializer(Graph.FreshName("const"), Type, shape, data));
        }

        return constant;
    }

    private string Take(string parameter, IReadOnlyList<long> expected, IReadOnlyList<long> stored, bool transpose)
    {
        if (!_used.Add(parameter))
            return parameter;
        IReadOnlyList<long>? found = parameters.ShapeOf(parameter, expected);
        if (found is null)
            _problems.Add($"'{parameter}' is missing");
        else if (!found.SequenceEqual(expected))
            _problems.Add($"'{parameter}' has the shape [{string.Join(", ", found)}] instead of [{string.Join(", ", expected)}]");
        long count = expected.Aggregate(1L, (product, side) => product * side);
        TensorData data = TensorData.Streamed(count * Type.ByteSize(), stream => Write(stream, parameter, count, transpose ? (int)expected[0] : 0));
        return Graph.AddInitializer(new Initializer(parameter, Type, stored, data));
    }

    private void Write(Stream stream, string parameter, long count, int transposedRows)
    {
        float[] values = ArrayPool<float>.Shared.Rent(checked((int)count));
        float[] turned = transposedRows > 0 ? ArrayPool<float>.Shared.Rent((int)count) : [];
        Half[] halves = Type == OnnxElementType.Float16 ? ArrayPool<Half>.Shared.Rent((int)count) : [];
        try
        {
            Span<float> read = values.AsSpan(0, (int)count);
            parameters.Read(parameter, read);
            if (transposedRows > 0)
            {
                Transpose(read, transposedRows, turned);
                read = turned.AsSpan(0, (int)count);
            }

            if (Type == OnnxElementType.Float)
            {
                stream.Write(MemoryMarshal.AsBytes(read));
                return;
            }

            TensorPrimitives.ConvertToHalf(read, halves);
            stream.Write(MemoryMarshal.AsBytes(halves.AsSpan(0, (int)count)));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
            if (turned.Length > 0)
                ArrayPool<float>.Shared.Return(turned);
            if (halves.Length > 0)
                ArrayPool<Half>.Shared.Return(halves);
        }
    }

    private static void Transpose(ReadOnlySpan<float> from, int rows, Span<float> to)
    {
        int columns = from.Length / rows;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                to[(column * rows) + row] = from[(row * columns) + column];
    }
}
