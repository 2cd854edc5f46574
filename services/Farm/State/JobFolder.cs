using RenderFarm.Failures;

namespace RenderFarm.Farm.State;

/// <summary>The folder of one render: its database, its objects and its log, held by one process at a time.</summary>
internal sealed class JobFolder : IDisposable
{
    private const string LockName = "in-use";

    private readonly FarmHome home;
    private readonly bool isHomeOurs;
    private readonly FileStream inUse;

    private JobFolder(FarmHome home, bool isHomeOurs, string path, FileStream inUse)
    {
        this.home = home;
        this.isHomeOurs = isHomeOurs;
        Path = path;
        this.inUse = inUse;
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "farm.db");

    public string Objects => System.IO.Path.Combine(Path, "objects");

    public string Scratch => System.IO.Path.Combine(Path, "scratch");

    public string Log => System.IO.Path.Combine(Path, "farm.log");

    /// <summary>Takes the folder of the render with this key, making it where it is not there yet.</summary>
    /// <exception cref="PermanentException">Another process holds it, or it cannot be written.</exception>
    public static JobFolder Open(FarmHome home, string key)
    {
        string path = System.IO.Path.Combine(home.Jobs, key);
        bool isHomeOurs = !Directory.Exists(home.Folder);
        try
        {
            for (int tries = 0; ; tries++)
            {
                try
                {
                    Directory.CreateDirectory(path);
                    string lockPath = System.IO.Path.Combine(path, LockName);
                    FileStream inUse = new(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                    if (File.Exists(lockPath))
                        return new(home, isHomeOurs, path, inUse);
                    inUse.Dispose(); // whoever held it removed the folder between our opening and our locking
                }
                catch (DirectoryNotFoundException) when (tries < 5)
                {
                    // A finished render removed the empty folders above while we made ours.
                }
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotWritable(home, e);
        }
        catch (IOException e) when (File.Exists(System.IO.Path.Combine(path, LockName)))
        {
            throw new PermanentException("The same render is already running in another process: wait for it, or stop it first.", e);
        }
        catch (IOException e)
        {
            throw NotWritable(home, e);
        }
    }

    /// <summary>Removes the folder with everything in it, and the folders above it that were made for it and are empty then.</summary>
    public void Remove()
    {
        // The lock goes last, still held: nobody can take the folder while it is half removed.
        foreach (string folder in Directory.EnumerateDirectories(Path))
            Directory.Delete(folder, recursive: true);
        foreach (string file in Directory.EnumerateFiles(Path).Where(file => System.IO.Path.GetFileName(file) != LockName))
            File.Delete(file);
        File.Delete(inUse.Name);
        RemoveIfEmpty(Path);
        RemoveIfEmpty(home.Jobs);
        if (isHomeOurs)
            RemoveIfEmpty(home.Folder);
    }

    public void Dispose() => inUse.Dispose();

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (IOException)
        {
            // Not empty: others live there.
        }
    }

    private static PermanentException NotWritable(FarmHome home, Exception e) =>
        new($"The state folder '{home.Folder}' cannot be written ({e.Message}): make it writable or set {FarmHome.EnvironmentVariable} to another folder.", e);
}
