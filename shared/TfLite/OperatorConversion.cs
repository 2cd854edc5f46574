namespace RenderFarm.TfLite;

/// <summary>An operator being converted, with checked access to its inputs, outputs and options.</summary>
internal sealed class OperatorConversion(Conversion conversion, TfLiteOperator step)
{
    public Conversion Conversion { get; } = conversion;

    public TfLiteOperation Operation => step.Operation;

    public string CustomName => step.CustomName;

    /// <summary>Options of the operation; absent ones mean that all have their defaults.</summary>
    public int Option(int field, int absent = 0) => step.Options?.Int(field, absent) ?? absent;

    public int ByteOption(int field) => step.Options?.Byte(field) ?? 0;

    public FlexMap CustomOptions() => new(step.CustomName, step.CustomOptions);

    public ReadOnlyMemory<byte> RawCustomOptions => step.CustomOptions;

    public int InputCount => step.Inputs.Count;

    public bool HasInput(int index) => index < step.Inputs.Count && step.Inputs[index] >= 0;

    public int Input(int index) =>
        HasInput(index) ? step.Inputs[index] : throw Conversion.Damaged($"{step.DisplayName} lacks input {index}");

    public int Output =>
        step.Outputs.Count == 1 ? step.Outputs[0] : throw Conversion.Damaged($"{step.DisplayName} has {step.Outputs.Count} outputs");

    public string InputAs(int index, Layout layout) => Conversion.Value(Input(index), layout);

    public IReadOnlyList<int> InputShape(int index) => Conversion.Shape(Input(index));

    /// <summary>Shape of an input that must have a number of axes.</summary>
    public IReadOnlyList<int> InputShape(int index, int rank) => OfRank(InputShape(index), rank);

    public IReadOnlyList<int> OutputShape(int rank) => OfRank(Conversion.Shape(Output), rank);

    public void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw Conversion.Unsupported($"{step.DisplayName} {otherwise}");
    }

    private IReadOnlyList<int> OfRank(IReadOnlyList<int> shape, int rank) => shape.Count == rank
        ? shape
        : throw Conversion.Damaged($"{step.DisplayName} has a tensor with {shape.Count} axes instead of {rank}");
}
