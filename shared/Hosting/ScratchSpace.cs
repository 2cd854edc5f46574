using RenderFarm.Failures;

namespace RenderFarm.Hosting;

/// <summary>
/// Where a process keeps files while it works on them: a folder of its own below a root that several processes share.
/// Opening it removes what killed processes have left there.
/// </summary>
public sealed class ScratchSpace : IDisposable
{
    private const string LockName = "in-use";

    private readonly string folder;
    private readonly FileStream inUse;

    private ScratchSpace(string folder, FileStream inUse)
    {
        this.folder = folder;
        this.inUse = inUse;
    }

    /// <exception cref="PermanentException">The root cannot be written.</exception>
    public static ScratchSpace Open(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        try
        {
            // Locked before it is visible under its name: another process that cleans up must never see it unlocked.
            string hidden = $"{folder}.partial";
            Directory.CreateDirectory(hidden);
            FileStream inUse = new(Path.Combine(hidden, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            Directory.Move(hidden, folder);
            RemoveAbandoned(root);
            return new ScratchSpace(folder, inUse);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The work folder '{root}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The folder of this process.</summary>
    public string Location => folder;

    /// <summary>A new empty folder that is deleted with everything in it when it is disposed.</summary>
    public ScratchFolder CreateFolder() => new(Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName);

    public void Dispose()
    {
        inUse.Dispose();
        ScratchFolder.Delete(folder);
    }

    private static void RemoveAbandoned(string root)
    {
        foreach (string other in Directory.EnumerateDirectories(root))
        {
            // Only folders named as ours are; the root may be a folder the user keeps other things in.
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(other), "N", out _) && IsAbandoned(other))
                ScratchFolder.Delete(other);
        }
    }

    private static bool IsAbandoned(string other)
    {
        try
        {
            using FileStream taken = new(Path.Combine(other, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Another process is just creating it, or was killed while it did; a day decides.
            return !Path.HasExtension(other) || Directory.GetLastWriteTimeUtc(other) < TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // in use, or somebody else's
        }
    }
}
