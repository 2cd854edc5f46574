using RenderFarm.Failures;

namespace RenderFarm.TfLite;

/// <summary>
/// A TFLite network (schema version 3, one subgraph) as data. Reading checks every offset and index, so any bytes give either
/// a model whose indices are valid or a <see cref="PermanentException"/>; time and memory stay in proportion to the file.
/// </summary>
/// <remarks>Field numbers: tensorflow/lite/schema/schema.fbs (schema 3c).</remarks>
public sealed class TfLiteModel
{
    private const uint SchemaVersion = 3;
    private const int MaximumRank = 8;

    private TfLiteModel(
        string name,
        long fileBytes,
        IReadOnlyList<TfLiteTensor> tensors,
        IReadOnlyList<TfLiteOperator> operators,
        int[] inputs,
        int[] outputs)
    {
        Name = name;
        FileBytes = fileBytes;
        Tensors = tensors;
        Operators = operators;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>What messages call the network.</summary>
    public string Name { get; }

    internal long FileBytes { get; }

    internal IReadOnlyList<TfLiteTensor> Tensors { get; }

    /// <summary>In the order they run.</summary>
    internal IReadOnlyList<TfLiteOperator> Operators { get; }

    internal IReadOnlyList<int> Inputs { get; }

    internal IReadOnlyList<int> Outputs { get; }

    /// <exception cref="PermanentException">The bytes are not a TFLite network of this version.</exception>
    public static TfLiteModel Parse(string name, ReadOnlyMemory<byte> bytes)
    {
        FlatBuffer file = new(name, bytes);
        if (bytes.Length < 8 || !file.HasIdentifier("TFL3"u8))
            throw file.Damaged("it does not begin as a TFLite file does");
        FlatTable model = file.Root;
        if (model.UInt(0) != SchemaVersion)
            throw file.Damaged($"its version is {model.UInt(0)} instead of {SchemaVersion}");
        (TfLiteOperation, string)[] codes = [.. model.Tables(1).Select(ReadCode)];
        FlatTable[] subgraphs = model.Tables(2);
        if (subgraphs.Length != 1)
            throw file.Damaged($"it has {subgraphs.Length} subgraphs instead of one");
        FlatTable graph = subgraphs[0];
        FlatTable[] buffers = model.Tables(4);
        TfLiteTensor[] tensors = [.. graph.Tables(0).Select(t => ReadTensor(file, t, buffers))];
        TfLiteOperator[] operators = [.. graph.Tables(3).Select(o => ReadOperator(file, o, codes, tensors.Length))];
        int[] inputs = Indices(file, graph.Ints(1), tensors.Length);
        int[] outputs = Indices(file, graph.Ints(2), tensors.Length);
        return new TfLiteModel(name, bytes.Length, tensors, operators, inputs, outputs);
    }

    private static (TfLiteOperation, string) ReadCode(FlatTable code)
    {
        // Codes over 127 were added later in a wider field; the narrow one then holds a placeholder.
        int operation = Math.Max((sbyte)code.Byte(0), code.Int(3));
        return ((TfLiteOperation)operation, code.Text(1));
    }

    private static TfLiteTensor ReadTensor(FlatBuffer file, FlatTable tensor, FlatTable[] buffers)
    {
        int[] shape = tensor.Ints(0);
        if (shape.Length > MaximumRank || shape.Any(d => d < 0))
            throw file.Damaged($"a tensor has the shape [{string.Join(", ", shape.Take(MaximumRank + 1))}]");
        uint buffer = tensor.UInt(2);
        if (buffer >= buffers.Length)
            throw file.Damaged($"a tensor refers to buffer {buffer} of {buffers.Length}");
        return new TfLiteTensor(tensor.Text(3), (TfLiteElementType)tensor.Byte(1), shape, buffers[buffer].Bytes(0));
    }

    private static TfLiteOperator ReadOperator(
        FlatBuffer file, FlatTable step, (TfLiteOperation Operation, string Name)[] codes, int tensors)
    {
        uint code = step.UInt(0);
        if (code >= codes.Length)
            throw file.Damaged($"an operator refers to code {code} of {codes.Length}");
        return new TfLiteOperator
        {
            Operation = codes[code].Operation,
            CustomName = codes[code].Name,
            Inputs = Indices(file, step.Ints(1), tensors, smallest: -1),
            Outputs = Indices(file, step.Ints(2), tensors),
            CustomOptions = step.Bytes(5),
            Options = step.Table(4),
        };
    }

    private static int[] Indices(FlatBuffer file, int[] indices, int count, int smallest = 0)
    {
        foreach (int index in indices)
        {
            if (index < smallest || index >= count)
                throw file.Damaged($"tensor {index} does not exist");
        }

        return indices;
    }
}
