using System.IO.Compression;
using System.Text;

namespace RenderFarm.Checkpoints.Tests;

/// <summary>Checkpoint files in a folder of the test's own.</summary>
internal sealed class CheckpointFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("renderfarm-checkpoints-");

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A safetensors file from its header text and its data.</summary>
    public string Safetensors(string header, byte[] data) =>
        Write("made.safetensors", [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.ASCII.GetBytes(header), .. data]);

    /// <summary>A zip of the given entries.</summary>
    public string Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        string path = Path.Combine(_folder.FullName, "made.pth");
        using ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = zip.CreateEntry(name, level).Open();
            entry.Write(content);
        }
        return path;
    }

    /// <summary>The pickle of a state dictionary with one float32 tensor 'weight' of shape (2, 3) in storage '0'.</summary>
    public static byte[] OneTensorPickle(int offset = 0, int rows = 2, int columns = 3, int rowStride = 3, int columnStride = 1)
    {
        List<byte> bytes = [0x80, 2];
        void Text(string text) => bytes.AddRange([(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)]);
        void Int(int value) => bytes.AddRange([(byte)'J', .. BitConverter.GetBytes(value)]);
        void Pair(int a, int b)
        {
            Int(a);
            Int(b);
            bytes.Add(0x86);
        }

        bytes.Add((byte)'}');
        Text("weight");
        bytes.AddRange(Encoding.ASCII.GetBytes("ctorch._utils\n_rebuild_tensor_v2\n(("));
        Text("storage");
        bytes.AddRange(Encoding.ASCII.GetBytes("ctorch\nFloatStorage\n"));
        Text("0");
        Text("cpu");
        Int(6);
        bytes.AddRange("tQ"u8);
        Int(offset);
        Pair(rows, columns);
        Pair(rowStride, columnStride);
        bytes.AddRange([0x89, (byte)'}', (byte)'t', (byte)'R', (byte)'s', (byte)'.']);
        return [.. bytes];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
