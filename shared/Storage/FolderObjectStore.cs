using System.Runtime.CompilerServices;
using RenderFarm.Failures;

namespace RenderFarm.Storage;

/// <summary>
/// A folder as object store. A key is a relative path below <c>objects/</c>; puts are written to <c>incoming/</c>, flushed to
/// the disk and renamed, so a crash leaves the old object or the whole new one. Renames themselves are not flushed: after a
/// power cut an object may be missing, never damaged. No key may lie below another object's key.
/// </summary>
public sealed class FolderObjectStore : IObjectStore
{
    private const int CopyBufferBytes = 1 << 20;
    private const int Enoent = 2;

    private readonly string root;
    private readonly string objects;
    private readonly string incoming;

    /// <param name="root">The folder; created if it is missing.</param>
    /// <exception cref="PermanentException">The folder cannot be used.</exception>
    public FolderObjectStore(string root)
    {
        this.root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        objects = Path.Combine(this.root, "objects");
        incoming = Path.Combine(this.root, "incoming");
        Attempt(() =>
        {
            Directory.CreateDirectory(objects);
            return Directory.CreateDirectory(incoming);
        });
    }

    /// <summary>Deletes what interrupted puts left behind. Puts that are still being written have a recent time.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteLeftovers(DateTimeOffset lastWrittenBefore) => Attempt(() =>
    {
        int deleted = 0;
        foreach (FileInfo file in new DirectoryInfo(incoming).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc >= lastWrittenBefore.UtcDateTime)
                continue;
            file.Delete();
            deleted++;
        }

        return deleted;
    });

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        await ReceiveAsync(content, partial => MoveInto(path, () => File.Move(partial, path, overwrite: true)), cancellationToken);
    }

    public async Task PutFileAsync(string key, string localPath, CancellationToken cancellationToken)
    {
        await using FileStream content = OpenLocal(localPath);
        await PutAsync(key, content, cancellationToken);
    }

    public async Task<bool> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        if (File.Exists(path))
            return false; // saves the writing; the link below is what decides
        bool won = false;
        await ReceiveAsync(
            content,
            partial => MoveInto(path, () =>
            {
                won = HardLink.TryCreate(partial, path);
                if (!won && Directory.Exists(path))
                    throw new IOException("A folder has this name.");
            }),
            cancellationToken);
        return won;
    }

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        OpenReadAsync(key, 0, long.MaxValue, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, long offset, long count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(key);
        Stream stream = Attempt(() =>
        {
            FileStream file = OpenObject(key, path);
            file.Position = Math.Min(offset, file.Length);
            return new ObjectReadStream(file, count, root);
        });
        return Task.FromResult(stream);
    }

    public async Task GetFileAsync(string key, string localPath, CancellationToken cancellationToken)
    {
        await using Stream content = await OpenReadAsync(key, cancellationToken);
        string partial = $"{localPath}.{Guid.NewGuid():N}.partial";
        string folder = Path.GetDirectoryName(Path.GetFullPath(localPath)) ?? localPath;
        try
        {
            await using (FileStream file = new(partial, NewFile()))
                await content.CopyToAsync(file, CopyBufferBytes, cancellationToken);
            File.Move(partial, localPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailure.From(e, folder);
        }
        finally
        {
            DeleteIfThere(partial);
        }
    }

    public Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FileInfo file = new(PathOf(key));
        return Task.FromResult(Attempt(() => file.Exists ? Info(key, file) : null));
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreKey.ValidatePrefix(prefix);
        string folderKey = prefix[..(prefix.LastIndexOf('/') + 1)];
        foreach (ObjectInfo found in ListFolder(folderKey, prefix[folderKey.Length..]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }

        await Task.CompletedTask; // the disk is read synchronously; other stores await pages
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public async Task DeletePrefixAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        await foreach (ObjectInfo found in ListAsync(prefix, cancellationToken))
            Delete(PathOf(found.Key));
    }

    private static FileStreamOptions NewFile() => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        BufferSize = 0, // the copy brings its own
        Options = FileOptions.Asynchronous,
    };

    private static ObjectInfo Info(string key, FileInfo file) => new(key, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Writes the content under a name of its own, then lets the caller give it the final one.</summary>
    private async Task ReceiveAsync(Stream content, Action<string> finish, CancellationToken cancellationToken)
    {
        string partial = Path.Combine(incoming, $"{Guid.NewGuid():N}.partial");
        try
        {
            await using (FileStream file = Attempt(() => new FileStream(partial, NewFile())))
            {
                await CopyAsync(content, file, cancellationToken);
                Attempt(() =>
                {
                    file.Flush(flushToDisk: true);
                    return true;
                });
            }

            Attempt(() =>
            {
                finish(partial);
                return true;
            });
        }
        finally
        {
            DeleteIfThere(partial);
        }
    }

    /// <summary>Tells failures of this folder from failures of where the content comes from.</summary>
    private async Task CopyAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                try
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
                catch (IOException e)
                {
                    throw FolderFailure.From(e, root);
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>For clean-up: must not hide the failure that made it necessary.</summary>
    private static void DeleteIfThere(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover; DeleteLeftovers takes it.
        }
    }

    /// <summary>Repeats while another call deletes the folder because it has just become empty.</summary>
    private void MoveInto(string path, Action move)
    {
        string folder = Path.GetDirectoryName(path)!;
        for (int left = 10; ; left--)
        {
            try
            {
                Directory.CreateDirectory(folder);
                move();
                return;
            }
            catch (Exception e) when (left > 0 && (e is DirectoryNotFoundException or FileNotFoundException || e.HResult == Enoent))
            {
                // The folder went away between the two steps.
            }
            catch (Exception e) when (IsNested(path))
            {
                throw new ArgumentException("A key may not lie below the key of another object.", e);
            }
        }
    }

    private bool IsNested(string path)
    {
        for (string above = Path.GetDirectoryName(path)!; above.Length > objects.Length; above = Path.GetDirectoryName(above)!)
        {
            if (File.Exists(above))
                return true;
        }

        return Directory.Exists(path);
    }

    private static FileStream OpenLocal(string localPath)
    {
        try
        {
            return new(localPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PermanentException($"The file '{localPath}' cannot be read: {e.Message}", e);
        }
    }

    private static FileStream OpenObject(string key, string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(path))
        {
            throw new ObjectNotFoundException(key, e);
        }
    }

    private IEnumerable<ObjectInfo> ListFolder(string folderKey, string namePrefix)
    {
        DirectoryInfo folder = new(Path.Combine(objects, folderKey));
        FileSystemInfo[] entries = Attempt(() => folder.Exists && !HasLink(folderKey) ? folder.GetFileSystemInfos($"{namePrefix}*") : []);
        // A folder sorts like the start of the keys in it, that is with its '/'.
        IEnumerable<(string Name, FileSystemInfo Entry)> ordered = entries
            .Where(e => !IsLink(e) && e.Name.StartsWith(namePrefix, StringComparison.Ordinal))
            .Select(e => (Name: e is DirectoryInfo ? $"{e.Name}/" : e.Name, Entry: e))
            .OrderBy(e => e.Name, StringComparer.Ordinal);
        foreach ((string name, FileSystemInfo entry) in ordered)
        {
            if (entry is DirectoryInfo)
            {
                foreach (ObjectInfo inner in ListFolder($"{folderKey}{name}", ""))
                    yield return inner;
            }
            else if (Attempt(() => Found($"{folderKey}{name}", (FileInfo)entry)) is ObjectInfo found)
            {
                yield return found;
            }
        }
    }

    private static ObjectInfo? Found(string key, FileInfo file)
    {
        file.Refresh(); // may have been deleted since the folder was read
        return file.Exists && StoreKey.IsValid(key) ? Info(key, file) : null;
    }

    private void Delete(string path) => Attempt(() =>
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is DirectoryNotFoundException || Directory.Exists(path) || IsNested(path))
        {
            return false; // not an object
        }

        // Empty folders would pile up over the years; the folder of an object in the making is not empty for long.
        for (string folder = Path.GetDirectoryName(path)!; folder.Length > objects.Length; folder = Path.GetDirectoryName(folder)!)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                return true;
            }
        }

        return true;
    });

    /// <summary>The file of a key. Links below the root would lead out of it, so a path that has one is refused.</summary>
    private string PathOf(string key)
    {
        StoreKey.Validate(key);
        if (HasLink(key))
            throw new PermanentException($"The store folder '{root}' has a link at '{key}'; remove the link.");
        return Path.Combine(objects, key);
    }

    private bool HasLink(string key) => Attempt(() =>
    {
        for (int slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            if (IsExistingLink(new DirectoryInfo(Path.Combine(objects, key[..slash]))))
                return true;
        }

        return key.Length > 0 && IsExistingLink(new FileInfo(Path.Combine(objects, key)));
    });

    // Attributes of a missing entry are all ones.
    private static bool IsExistingLink(FileSystemInfo entry) => (int)entry.Attributes != -1 && IsLink(entry);

    private T Attempt<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFailure.From(e, root);
        }
    }
}
