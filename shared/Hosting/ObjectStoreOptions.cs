namespace RenderFarm.Hosting;

/// <summary>Where the bytes are. Configuration section <c>Store</c>.</summary>
public sealed class ObjectStoreOptions
{
    public ObjectStoreKind Kind { get; set; } = ObjectStoreKind.Folder;

    /// <summary>The folder, for <see cref="ObjectStoreKind.Folder"/>.</summary>
    public string Folder { get; set; } = "";
}
