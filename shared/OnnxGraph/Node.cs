namespace RenderFarm.OnnxGraph;

/// <summary>One operation. An empty input name stands for an optional input that is not given.</summary>
public sealed record Node
{
    public required string OpType { get; init; }

    /// <summary>Operator set the type comes from; empty is ONNX itself.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Shown by tools and in errors of the runtime; need not be unique.</summary>
    public string Name { get; init; } = "";

    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public IReadOnlyList<Attr> Attributes { get; init; } = [];
}
