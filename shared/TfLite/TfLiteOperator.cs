namespace RenderFarm.TfLite;

/// <summary>One step of the network. Inputs and outputs are indices of tensors; an input of -1 is not given.</summary>
internal sealed record TfLiteOperator
{
    public required TfLiteOperation Operation { get; init; }

    /// <summary>Name of a custom operation, else empty.</summary>
    public required string CustomName { get; init; }

    public required IReadOnlyList<int> Inputs { get; init; }

    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Parameters of a custom operation, in a form of its own.</summary>
    public required ReadOnlyMemory<byte> CustomOptions { get; init; }

    public required FlatTable? Options { get; init; }

    /// <summary>For messages.</summary>
    public string DisplayName => Operation == TfLiteOperation.Custom ? Quoted.Name(CustomName) : Operation.ToString();
}
