using RenderFarm.Pickle;

namespace RenderFarm.Checkpoints;

/// <summary>What the pickle inside a PyTorch file may mention: ordered dictionaries, tensors and storages, and nothing else.</summary>
internal static class TorchPickle
{
    private static readonly Dictionary<string, CheckpointDType> s_storages = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = CheckpointDType.F32,
        ["torch.HalfStorage"] = CheckpointDType.F16,
        ["torch.BFloat16Storage"] = CheckpointDType.BF16,
        ["torch.DoubleStorage"] = CheckpointDType.F64,
        ["torch.LongStorage"] = CheckpointDType.I64,
        ["torch.IntStorage"] = CheckpointDType.I32,
        ["torch.ShortStorage"] = CheckpointDType.I16,
        ["torch.CharStorage"] = CheckpointDType.I8,
        ["torch.ByteStorage"] = CheckpointDType.U8,
        ["torch.BoolStorage"] = CheckpointDType.Bool,
    };

    private static readonly Dictionary<string, PickleGlobal> s_globals = MakeGlobals();

    public static object? Read(ReadOnlySpan<byte> pickle) => new PickleReader(s_globals, LoadStorage).Read(pickle);

    private static Dictionary<string, PickleGlobal> MakeGlobals()
    {
        PickleGlobal[] globals =
        [
            PickleGlobal.OrderedDict,
            new PickleGlobal("torch._utils._rebuild_tensor_v2", RebuildTensor),
            new PickleGlobal("torch._utils._rebuild_parameter", RebuildParameter),
            .. s_storages.Keys.Select(name => new PickleGlobal(name)),
        ];
        return globals.ToDictionary(global => global.Name, StringComparer.Ordinal);
    }

    /// <summary>Arguments: storage, offset, shape, strides, requires_grad, backward hooks, and in newer files metadata.</summary>
    private static TorchTensor RebuildTensor(IReadOnlyList<object?> arguments)
    {
        if (arguments.Count < 4 || arguments[0] is not TorchStorage storage || arguments[1] is not long offset
            || Longs(arguments[2]) is not { } shape || Longs(arguments[3]) is not { } strides || shape.Count != strides.Count)
            throw new PickleFormatException("A tensor of the checkpoint is not described as PyTorch does.");
        return new TorchTensor(storage, offset, shape, strides);
    }

    private static TorchTensor RebuildParameter(IReadOnlyList<object?> arguments) =>
        arguments is [TorchTensor tensor, ..] ? tensor : throw new PickleFormatException("A parameter of the checkpoint is no tensor.");

    /// <summary>Persistent id: ('storage', type, key, device, element count).</summary>
    private static TorchStorage LoadStorage(object? id)
    {
        if (id is not IReadOnlyList<object?> { Count: >= 5 } parts || parts[0] is not "storage" || parts[1] is not PickleGlobal type
            || parts[2] is not string key || parts[4] is not long elements || elements < 0 || !s_storages.TryGetValue(type.Name, out CheckpointDType dtype))
            throw new PickleFormatException("A storage of the checkpoint is not described as PyTorch does.");
        return new TorchStorage(dtype, key, elements);
    }

    private static IReadOnlyList<long>? Longs(object? value) =>
        value is IReadOnlyList<object?> items && items.All(item => item is long) ? [.. items.Select(item => (long)item!)] : null;
}
