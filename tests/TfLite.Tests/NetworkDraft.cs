using System.Runtime.InteropServices;

namespace RenderFarm.TfLite.Tests;

/// <summary>A TFLite network to be written, for tests of single operations and as a start for mutations.</summary>
internal sealed class NetworkDraft
{
    private readonly List<FlatDraft> tensors = [];
    private readonly List<FlatDraft> buffers = [new()];
    private readonly List<FlatDraft> codes = [];
    private readonly List<FlatDraft> operators = [];
    private readonly List<int> inputs = [];
    private readonly List<int> outputs = [];

    public int Tensor(string name, int[] shape, TfLiteElementType type = TfLiteElementType.Float32, int buffer = 0)
    {
        tensors.Add(new FlatDraft { [0] = shape, [1] = (byte)type, [2] = buffer, [3] = name });
        return tensors.Count - 1;
    }

    public int Input(string name, params int[] shape)
    {
        inputs.Add(Tensor(name, shape));
        return inputs[^1];
    }

    public int Output(string name, params int[] shape)
    {
        outputs.Add(Tensor(name, shape));
        return outputs[^1];
    }

    public int Constant<T>(T[] values, TfLiteElementType type, params int[] shape) where T : unmanaged
    {
        buffers.Add(new FlatDraft { [0] = MemoryMarshal.AsBytes<T>(values).ToArray() });
        return Tensor($"constant{buffers.Count}", shape, type, buffers.Count - 1);
    }

    public int Floats(float[] values, params int[] shape) => Constant(values, TfLiteElementType.Float32, shape);

    public int Ints(params int[] values) => Constant(values, TfLiteElementType.Int32, values.Length);

    /// <summary>A constant stored as float16 and widened by an operator of its own, as real weights are.</summary>
    public int Halves(float[] values, params int[] shape)
    {
        int stored = Constant(Array.ConvertAll(values, v => (Half)v), TfLiteElementType.Float16, shape);
        int wide = Tensor($"wide{stored}", shape);
        Operator(TfLiteOperation.Dequantize, [stored], wide);
        return wide;
    }

    public void Operator(TfLiteOperation operation, int[] from, int to, FlatDraft? options = null)
    {
        // Codes over 127 keep a placeholder in the narrow field.
        codes.Add(new FlatDraft { [0] = (byte)Math.Min((int)operation, 127), [3] = (int)operation });
        Add(from, to, options);
    }

    public void Custom(string name, int[] from, int to, byte[] options)
    {
        codes.Add(new FlatDraft { [0] = (byte)TfLiteOperation.Custom, [1] = name, [3] = (int)TfLiteOperation.Custom });
        FlatDraft step = Add(from, to, null);
        step[5] = options;
    }

    public byte[] Write()
    {
        FlatDraft graph = new() { [0] = tensors.ToArray(), [1] = inputs.ToArray(), [2] = outputs.ToArray(), [3] = operators.ToArray() };
        FlatDraft model = new() { [0] = 3, [1] = codes.ToArray(), [2] = new[] { graph }, [4] = buffers.ToArray() };
        return model.Write("TFL3");
    }

    private FlatDraft Add(int[] from, int to, FlatDraft? options)
    {
        FlatDraft step = new() { [0] = codes.Count - 1, [1] = from, [2] = new[] { to } };
        if (options is not null)
            step[4] = options;
        operators.Add(step);
        return step;
    }
}
