using System.Globalization;

namespace RenderFarm.OnnxGraph;

/// <summary>
/// An ONNX graph under construction. Nodes are added in the order they run; every name is defined once and before it is used,
/// which is checked as things are added, where the mistake is, not when the file is loaded.
/// </summary>
public sealed class Graph(string name)
{
    private readonly HashSet<string> defined = new(StringComparer.Ordinal) { "" };
    private readonly Dictionary<string, int> nextNumber = new(StringComparer.Ordinal);
    private readonly List<Node> nodes = [];
    private readonly List<Initializer> initializers = [];
    private readonly List<ValueInfo> inputs = [];
    private readonly List<ValueInfo> outputs = [];

    public string Name { get; } = name;

    public IReadOnlyList<Node> Nodes => nodes;

    public IReadOnlyList<Initializer> Initializers => initializers;

    public IReadOnlyList<ValueInfo> Inputs => inputs;

    public IReadOnlyList<ValueInfo> Outputs => outputs;

    /// <summary>Declares an input and returns its name.</summary>
    public string AddInput(string input, OnnxElementType type, params IReadOnlyList<Dimension> shape)
    {
        Define(input);
        inputs.Add(new ValueInfo(input, type, shape));
        return input;
    }

    /// <summary>Adds a constant and returns its name.</summary>
    public string AddInitializer(Initializer initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        Define(initializer.Name);
        initializers.Add(initializer);
        return initializer.Name;
    }

    /// <summary>Adds a node with one output, names that output after the operation and returns the name.</summary>
    public string Add(string opType, IReadOnlyList<string> inputs, params IReadOnlyList<Attr> attributes) =>
        Add(new Node { OpType = opType, Inputs = inputs, Outputs = [FreshName(opType)], Attributes = attributes });

    /// <summary>Adds a node and returns the name of its first output.</summary>
    public string Add(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        foreach (string input in node.Inputs)
        {
            if (!defined.Contains(input))
                throw new ArgumentException($"{node.OpType} '{node.Name}' uses '{input}', which nothing before it defines.", nameof(node));
        }

        foreach (string output in node.Outputs)
            Define(output);
        nodes.Add(node);
        return node.Outputs[0];
    }

    /// <summary>Declares a value that exists already as an output of the graph.</summary>
    public void AddOutput(string output, OnnxElementType type, params IReadOnlyList<Dimension> shape)
    {
        if (output.Length == 0 || !defined.Contains(output))
            throw new ArgumentException($"The output '{output}' is not computed by any node.", nameof(output));
        if (outputs.Exists(o => o.Name == output))
            throw new ArgumentException($"'{output}' is an output already.", nameof(output));
        outputs.Add(new ValueInfo(output, type, shape));
    }

    /// <summary>Whether a name is taken; the empty one always is.</summary>
    public bool IsDefined(string value) => defined.Contains(value);

    /// <summary>A name that is not in use: the stem followed by a number.</summary>
    public string FreshName(string stem)
    {
        int number = nextNumber.GetValueOrDefault(stem);
        string candidate;
        do
            candidate = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number++}");
        while (defined.Contains(candidate));
        nextNumber[stem] = number;
        return candidate;
    }

    private void Define(string value)
    {
        if (value.Length == 0)
            throw new ArgumentException("A value needs a name.", nameof(value));
        if (!defined.Add(value))
            throw new ArgumentException($"'{value}' is defined twice.", nameof(value));
    }
}
