namespace RenderFarm.Storage;

/// <summary>There is no object under the key.</summary>
public sealed class ObjectNotFoundException(string key, Exception? innerException = null)
    : Exception($"There is no object '{key}' in the store.", innerException)
{
    public string Key { get; } = key;
}
