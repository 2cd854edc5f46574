namespace RenderFarm.Media.Tests;

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("renderfarm-media-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Everything in the folder, by name.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
