using System.Numerics.Tensors;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.Packs.EchoMimicV2.Rendering;

/// <summary>A tensor of the element type a network wants there (single or half precision), filled and read in single precision.</summary>
public sealed class NetworkTensor : IDisposable
{
    private readonly OrtTensor<float>? _singles;
    private readonly OrtTensor<Half>? _halves;

    private NetworkTensor(OrtSession session, OrtValueInfo port, ReadOnlySpan<long> shape)
    {
        if (port.ElementType == OrtElementType.Float16)
            _halves = OrtTensor.Zeros<Half>(session.Runtime, shape);
        else
            _singles = OrtTensor.Zeros<float>(session.Runtime, shape);
    }

    public OrtTensor Tensor => (OrtTensor?)_singles ?? _halves!;

    public int Length => _singles?.Span.Length ?? _halves!.Span.Length;

    /// <summary>Zeros for an input of a session.</summary>
    public static NetworkTensor Input(OrtSession session, string name, params ReadOnlySpan<long> shape) =>
        new(session, session.Inputs.Single(port => port.Name == name), shape);

    /// <summary>Room for an output of a session.</summary>
    public static NetworkTensor Output(OrtSession session, string name, params ReadOnlySpan<long> shape) =>
        new(session, session.Outputs.Single(port => port.Name == name), shape);

    /// <summary>Stores values from an element on.</summary>
    public void Write(ReadOnlySpan<float> values, int start = 0)
    {
        if (_singles is not null)
            values.CopyTo(_singles.Span[start..]);
        else
            TensorPrimitives.ConvertToHalf(values, _halves!.Span[start..]);
    }

    /// <summary>Copies as many elements as there is room for.</summary>
    public void Read(Span<float> values, int start = 0)
    {
        if (_singles is not null)
            _singles.Span.Slice(start, values.Length).CopyTo(values);
        else
            TensorPrimitives.ConvertToSingle(_halves!.Span.Slice(start, values.Length), values);
    }

    public float[] ToSingles()
    {
        float[] values = new float[Length];
        Read(values);
        return values;
    }

    public void Dispose()
    {
        _singles?.Dispose();
        _halves?.Dispose();
    }
}
