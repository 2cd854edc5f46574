namespace RenderFarm.Hosting;

/// <summary>A folder for one piece of work; disposing deletes it.</summary>
public sealed class ScratchFolder : IDisposable
{
    internal ScratchFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Delete(Path);

    internal static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be deleted now is deleted by the next process that opens the space.
        }
    }
}
