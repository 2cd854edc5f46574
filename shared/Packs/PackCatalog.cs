using RenderFarm.Failures;

namespace RenderFarm.Packs;

/// <summary>
/// The packs of this process by name. A pack is loaded when first asked for, once, and stays loaded until the catalogue is disposed;
/// a load that fails is tried again by the next caller. Safe for many callers.
/// </summary>
public sealed class PackCatalog : IAsyncDisposable, IDisposable
{
    private readonly SortedDictionary<string, Shelf> shelves = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim loading = new(1, 1);

    /// <exception cref="ArgumentException">Two packs share a name, or a manifest is not valid.</exception>
    public PackCatalog(IEnumerable<PackRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        foreach (PackRegistration registration in registrations)
        {
            if (PackManifestRules.FirstViolation(registration.Manifest) is { } violation)
                throw new ArgumentException($"The manifest of pack '{registration.Manifest.Name}' is not valid: {violation}", nameof(registrations));
            if (!shelves.TryAdd(registration.Manifest.Name, new Shelf(registration)))
                throw new ArgumentException($"Two packs are called '{registration.Manifest.Name}'.", nameof(registrations));
        }
    }

    /// <summary>What can be had here, in ordinal order of the names; loads nothing.</summary>
    public IEnumerable<PackManifest> Manifests => shelves.Values.Select(shelf => shelf.Registration.Manifest);

    /// <summary>What the pack says of itself; loads nothing.</summary>
    /// <exception cref="PermanentException">There is no such pack here.</exception>
    public PackManifest ManifestOf(string name) => Find(name).Registration.Manifest;

    /// <summary>The loaded pack. It belongs to the catalogue: callers do not dispose it.</summary>
    /// <exception cref="PermanentException">There is no such pack here.</exception>
    public async Task<IModelPack> GetAsync(string name, CancellationToken cancellationToken)
    {
        Shelf shelf = Find(name);
        if (Volatile.Read(ref shelf.Loaded) is { } ready)
            return ready;
        // One load at a time in the whole process: models are large, and two half-loaded ones help nobody.
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (shelf.Loaded is { } loadedMeanwhile)
                return loadedMeanwhile;
            IModelPack pack = await shelf.Registration.LoadAsync(cancellationToken);
            Volatile.Write(ref shelf.Loaded, pack);
            return pack;
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Waits for a load in progress first.</summary>
    public async ValueTask DisposeAsync()
    {
        await loading.WaitAsync();
        Dispose();
    }

    public void Dispose()
    {
        foreach (Shelf shelf in shelves.Values)
            shelf.Loaded?.Dispose();
        shelves.Clear();
        loading.Dispose();
    }

    private Shelf Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return shelves.TryGetValue(name, out Shelf? shelf)
            ? shelf
            : throw new PermanentException($"There is no model pack '{PackManifestRules.Printable(name)}' here; known packs: {KnownNames()}.");
    }

    private string KnownNames() => shelves.Count == 0 ? "none" : string.Join(", ", shelves.Keys);

    private sealed class Shelf(PackRegistration registration)
    {
        public readonly PackRegistration Registration = registration;
        public IModelPack? Loaded;
    }
}
