namespace RenderFarm.OnnxGraph;

/// <summary>A graph and what a runtime has to know to read it.</summary>
public sealed class OnnxModel(Graph graph)
{
    public Graph Graph { get; } = graph;

    /// <summary>Version of the file format. 8 goes with operator set 17, 10 with 21.</summary>
    public long IrVersion { get; init; } = 8;

    /// <summary>Version of each operator set by domain; the empty domain is ONNX itself.</summary>
    public IReadOnlyDictionary<string, long> OperatorSets { get; init; } = new Dictionary<string, long> { [""] = 17 };

    public string Producer { get; init; } = "RenderFarm";

    public string ProducerVersion { get; init; } = "";

    /// <summary>Free text by key: source, hashes, licence.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
