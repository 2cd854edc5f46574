using RenderFarm.Failures;

namespace RenderFarm.Checkpoints;

/// <summary>An open checkpoint file: named tensors, memory-mapped. Dispose it when the tensors are no longer read.</summary>
public sealed class Checkpoint : IDisposable
{
    private readonly MappedFile _file;

    internal Checkpoint(MappedFile file, IReadOnlyList<CheckpointTensor> tensors)
    {
        _file = file;
        Tensors = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    public string Path => _file.Path;

    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>Opens a PyTorch zip file or a safetensors file, told apart by their first bytes.</summary>
    /// <exception cref="PermanentException">Missing, unreadable, damaged, or of another kind.</exception>
    public static Checkpoint Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            IReadOnlyList<CheckpointTensor> tensors = TorchZip.LooksLikeZip(file) ? TorchZip.Read(file) : Safetensors.Read(file);
            return new Checkpoint(file, tensors);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
