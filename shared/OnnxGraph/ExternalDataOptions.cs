namespace RenderFarm.OnnxGraph;

/// <summary>Which tensors go to a data file beside the model. A model that needs more than 2 GB has to use one.</summary>
public sealed record ExternalDataOptions
{
    /// <summary>Name of the data file, without folder; <see langword="null"/>: the model's name followed by <c>.data</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>Smaller tensors stay inside the model, where shape inference can see shapes and axes.</summary>
    public long MinimumBytes { get; init; } = 1024;

    /// <summary>Offsets are multiples of this, so that a runtime can map tensors; ONNX recommends the page size.</summary>
    public int Alignment { get; init; } = 4096;
}
