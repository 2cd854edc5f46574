using System.Runtime.CompilerServices;
using RenderFarm.Storage;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>Objects in a sorted dictionary: thousands of simulated puts must not wait for a disk.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly SortedDictionary<string, byte[]> objects = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Keys => objects.Keys;

    public void Put(string key, string text)
    {
        StoreKey.Validate(key);
        objects[key] = System.Text.Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The text of the object, or null.</summary>
    public string? Find(string? key) => key is not null && objects.TryGetValue(key, out byte[]? bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, cancellationToken);
        StoreKey.Validate(key);
        objects[key] = copy.ToArray();
    }

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) => OpenReadAsync(key, 0, long.MaxValue, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, long offset, long count, CancellationToken cancellationToken)
    {
        byte[] bytes = objects.TryGetValue(key, out byte[]? found) ? found : throw new ObjectNotFoundException(key);
        return Task.FromResult<Stream>(new MemoryStream(bytes, (int)offset, (int)Math.Min(count, bytes.Length - offset)));
    }

    public Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(objects.TryGetValue(key, out byte[]? bytes) ? new ObjectInfo(key, bytes.Length, default) : null);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string key in objects.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            yield return new(key, objects[key].Length, default);
        await Task.CompletedTask;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        objects.Remove(key);
        return Task.CompletedTask;
    }

    public async Task DeletePrefixAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (ObjectInfo found in ListAsync(prefix, cancellationToken))
            objects.Remove(found.Key);
    }

    public Task PutFileAsync(string key, string localPath, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task GetFileAsync(string key, string localPath, CancellationToken cancellationToken) => throw new NotSupportedException();
}
