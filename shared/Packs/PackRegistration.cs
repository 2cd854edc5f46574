namespace RenderFarm.Packs;

/// <summary>A pack that can be had here: what it says of itself, and how to load it. Composition adds one per pack.</summary>
/// <param name="LoadAsync">Loads models and checks files; may take seconds. Its exceptions reach whoever asked for the pack.</param>
public sealed record PackRegistration(PackManifest Manifest, Func<CancellationToken, Task<IModelPack>> LoadAsync);
