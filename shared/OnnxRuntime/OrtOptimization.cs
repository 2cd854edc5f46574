namespace RenderFarm.OnnxRuntime;

/// <summary>How much ONNX Runtime rewrites a graph when it opens it, numbered as in the C API.</summary>
public enum OrtOptimization
{
    /// <summary>Run the graph as it is written.</summary>
    None = 0,

    /// <summary>Constant folding and removal of redundant nodes.</summary>
    Basic = 1,

    /// <summary>Basic, and fusions of the provider.</summary>
    Extended = 2,

    /// <summary>Extended, and changes of memory layout.</summary>
    All = 99,
}
