namespace RenderFarm.Storage;

/// <summary>
/// Moves bytes by key. Keys are relative paths of <c>[A-Za-z0-9._-]</c> segments joined by '/', with no empty, '.' or '..' segment;
/// any other key throws <see cref="ArgumentException"/>. Failures of the medium throw
/// <see cref="Failures.TransientException"/>, or <see cref="Failures.PermanentException"/> where only a person can help (disk full, wrong credentials).
/// </summary>
public interface IObjectStore
{
    /// <summary>Stores the stream under the key, replacing what was there; readers see the old object or the whole new one.</summary>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Stores a local file under the key and leaves the file where it is.</summary>
    Task PutFileAsync(string key, string localPath, CancellationToken cancellationToken);

    /// <summary>Stores only if there is no object under the key. Of several racers exactly one gets true.</summary>
    Task<bool> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens the object for sequential reading.</summary>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens <paramref name="count"/> bytes from <paramref name="offset"/>; fewer where the object ends before.</summary>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    Task<Stream> OpenReadAsync(string key, long offset, long count, CancellationToken cancellationToken);

    /// <summary>Copies the object to a local file that must not exist yet or is overwritten.</summary>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    Task GetFileAsync(string key, string localPath, CancellationToken cancellationToken);

    /// <summary>Size and time of the object, or null.</summary>
    Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken);

    /// <summary>All objects whose key starts with the prefix, in ordinal order of the keys.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes the object if it is there.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes every object whose key starts with the prefix.</summary>
    Task DeletePrefixAsync(string prefix, CancellationToken cancellationToken);
}
