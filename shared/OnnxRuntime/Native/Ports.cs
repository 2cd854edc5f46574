using System.Collections.Immutable;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>All inputs or all outputs of a session, found by name, with the checks on tensors that are handed in for them.</summary>
internal sealed class Ports
{
    private readonly string _model;
    private readonly string _kind;
    private readonly Dictionary<string, Port> _byName;

    /// <param name="kind">"input" or "output", for messages.</param>
    public Ports(string model, string kind, ImmutableArray<OrtValueInfo> infos)
    {
        _model = model;
        _kind = kind;
        Infos = infos;
        _byName = infos.Select((info, index) => new Port(info, index)).ToDictionary(port => port.Info.Name, StringComparer.Ordinal);
    }

    public ImmutableArray<OrtValueInfo> Infos { get; }

    /// <summary>The port of that name, when the tensor fits it.</summary>
    /// <exception cref="ArgumentException">No such name, or another element type or shape; the message shows both sides.</exception>
    public Port For(string name, OrtTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!_byName.TryGetValue(name, out Port? port))
            throw new ArgumentException($"{_model} has no {_kind} '{name}', only {string.Join(", ", Infos)}.");
        if (!port.Info.Takes(tensor))
            throw new ArgumentException($"{_model} declares {_kind} {port.Info}, but the tensor is {tensor}.");
        return port;
    }

    /// <summary>ONNX Runtime itself notices only in the node that wants the value, and not at all where it is optional.</summary>
    /// <param name="given">By port index.</param>
    /// <exception cref="ArgumentException">Names the first that is missing.</exception>
    public void ThrowIfMissing(ReadOnlySpan<bool> given)
    {
        int missing = given.IndexOf(false);
        if (missing >= 0)
            throw new ArgumentException($"{_model} needs {_kind} {Infos[missing]}, but no tensor is given for it.");
    }
}
