using System.Buffers.Binary;
using System.Text.Json;
using RenderFarm.Failures;

namespace RenderFarm.Checkpoints;

/// <summary>The safetensors format: 8 bytes header length, JSON header, then the data. https://github.com/huggingface/safetensors#format</summary>
internal static class Safetensors
{
    private const int MaxHeaderBytes = 100_000_000; // the format's own bound

    public static IReadOnlyList<CheckpointTensor> Read(MappedFile file)
    {
        if (file.Length < 8)
            throw Damaged(file, "it is neither a PyTorch nor a safetensors file");
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, 8));
        if (headerBytes is < 2 or > MaxHeaderBytes || (long)headerBytes > file.Length - 8 || file.Slice(8, 1)[0] != (byte)'{')
            throw Damaged(file, "it is neither a PyTorch nor a safetensors file");
        long dataStart = 8 + (long)headerBytes;
        try
        {
            using JsonDocument header = JsonDocument.Parse(file.Slice(8, (int)headerBytes).ToArray(), new JsonDocumentOptions { MaxDepth = 8 });
            List<CheckpointTensor> tensors = [];
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (JsonProperty entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                    continue;
                if (!names.Add(entry.Name))
                    throw Damaged(file, $"'{entry.Name}' is there twice");
                tensors.Add(Tensor(file, dataStart, entry));
            }
            return tensors;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new PermanentException($"The checkpoint '{file.Path}' is damaged: its header cannot be read ({e.Message}).", e);
        }
    }

    private static CheckpointTensor Tensor(MappedFile file, long dataStart, JsonProperty entry)
    {
        string text = entry.Value.GetProperty("dtype").GetString() ?? "";
        CheckpointDType dtype = text switch
        {
            "F32" => CheckpointDType.F32,
            "F16" => CheckpointDType.F16,
            "BF16" => CheckpointDType.BF16,
            "F64" => CheckpointDType.F64,
            "I64" => CheckpointDType.I64,
            "I32" => CheckpointDType.I32,
            "I16" => CheckpointDType.I16,
            "I8" => CheckpointDType.I8,
            "U8" => CheckpointDType.U8,
            "BOOL" => CheckpointDType.Bool,
            _ => throw Damaged(file, $"'{entry.Name}' has the unknown type '{text}'"),
        };
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        long bytes = TensorBounds.ByteCount(shape, dtype)
            ?? throw Damaged(file, $"'{entry.Name}' has an impossible shape");
        if (offsets is not [long begin, long end] || begin < 0 || end < begin || end - begin != bytes || end > file.Length - dataStart)
            throw Damaged(file, $"'{entry.Name}' does not lie where the header says");
        return new CheckpointTensor(file, entry.Name, dtype, shape, dataStart + begin);
    }

    private static PermanentException Damaged(MappedFile file, string why) => new($"The checkpoint '{file.Path}' cannot be used: {why}.");
}
