using RenderFarm.Failures;
using RenderFarm.Pickle;

namespace RenderFarm.Checkpoints;

/// <summary>A file as <c>torch.save</c> has written it since PyTorch 1.6: a zip with <c>NAME/data.pkl</c> and <c>NAME/data/KEY</c>.</summary>
internal static class TorchZip
{
    private const int MaxPickleBytes = 256 << 20;

    // Where training programs put the state dictionary when the file holds more than that.
    private static readonly string[] s_stateDictionaryKeys = ["model_state_dict", "state_dict", "model"];

    public static bool LooksLikeZip(MappedFile file) => file.Length >= 4 && file.Slice(0, 4).SequenceEqual("PK\x03\x04"u8);

    public static IReadOnlyList<CheckpointTensor> Read(MappedFile file)
    {
        IReadOnlyList<ZipEntry> entries = ZipDirectory.Read(file);
        ZipEntry pickle = entries.FirstOrDefault(entry => entry.Name.EndsWith("/data.pkl", StringComparison.Ordinal));
        if (pickle.Name is null || pickle.Length > MaxPickleBytes)
            throw new PermanentException($"The checkpoint '{file.Path}' is a zip archive, but not one that PyTorch wrote.");
        string folder = pickle.Name[..^"data.pkl".Length];
        Dictionary<string, ZipEntry> byName = new(StringComparer.Ordinal);
        foreach (ZipEntry entry in entries)
            byName[entry.Name] = entry;
        if (byName.TryGetValue(folder + "byteorder", out ZipEntry order) && !file.Slice(order.DataOffset, (int)Math.Min(order.Length, 6)).SequenceEqual("little"u8))
            throw new PermanentException($"The checkpoint '{file.Path}' was written on a big-endian machine, which is not supported.");
        try
        {
            object? root = TorchPickle.Read(file.Slice(pickle.DataOffset, (int)pickle.Length));
            return [.. StateDictionary(file, root).Select(item => Place(file, byName, folder, item.Name, item.Tensor))];
        }
        catch (PickleFormatException e)
        {
            throw new PermanentException($"The checkpoint '{file.Path}' cannot be used: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Name, TorchTensor Tensor)> StateDictionary(MappedFile file, object? root)
    {
        if (root is not OrderedDictionary<object, object?> dictionary)
            throw new PermanentException($"The checkpoint '{file.Path}' holds no state dictionary.");
        foreach (string key in s_stateDictionaryKeys)
            if (dictionary.TryGetValue(key, out object? inner) && inner is OrderedDictionary<object, object?> nested)
                dictionary = nested;
        return dictionary.Where(item => item is { Key: string, Value: TorchTensor }).Select(item => ((string)item.Key, (TorchTensor)item.Value!));
    }

    private static CheckpointTensor Place(MappedFile file, Dictionary<string, ZipEntry> entries, string folder, string name, TorchTensor tensor)
    {
        if (!entries.TryGetValue($"{folder}data/{tensor.Storage.Key}", out ZipEntry data))
            throw new PermanentException($"The checkpoint '{file.Path}' is damaged: the data of '{name}' are missing.");
        CheckpointDType dtype = tensor.Storage.DType;
        long bytes = TensorBounds.ByteCount(tensor.Shape, dtype)
            ?? throw new PermanentException($"The checkpoint '{file.Path}' is damaged: '{name}' has an impossible shape.");
        if (!tensor.IsContiguous)
            throw new PermanentException($"The checkpoint '{file.Path}' holds '{name}' as a strided view; save it with .contiguous().");
        Int128 first = (Int128)tensor.OffsetElements * dtype.Size();
        if (first < 0 || first + bytes > data.Length)
            throw new PermanentException($"The checkpoint '{file.Path}' is damaged: '{name}' reaches past the end of its data.");
        return new CheckpointTensor(file, name, dtype, tensor.Shape, data.DataOffset + (long)first);
    }
}
