using RenderFarm.Failures;
using static RenderFarm.Packs.Tests.Manifests;

namespace RenderFarm.Packs.Tests;

public sealed class PackCatalogTests
{
    private readonly List<LoadedPack> loaded = [];

    [Fact]
    public async Task Nothing_is_loaded_until_a_pack_is_asked_for_and_then_once_for_many_callers()
    {
        await using PackCatalog catalog = new([Registration("puppet"), Registration("test-pattern")]);
        Assert.Equal(["puppet", "test-pattern"], catalog.Manifests.Select(manifest => manifest.Name));
        Assert.Equal("puppet", catalog.ManifestOf("puppet").Name);
        Assert.Empty(loaded);

        IModelPack[] packs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => catalog.GetAsync("puppet", default))));

        LoadedPack only = Assert.Single(loaded);
        Assert.All(packs, pack => Assert.Same(only, pack));
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_names_there_are()
    {
        await using PackCatalog catalog = new([Registration("test-pattern"), Registration("puppet")]);
        PermanentException error = await Assert.ThrowsAsync<PermanentException>(() => catalog.GetAsync("pupet\n", default));
        Assert.Equal("There is no model pack 'pupet?' here; known packs: puppet, test-pattern.", error.Message);
    }

    [Fact]
    public async Task A_load_that_failed_is_tried_again()
    {
        int attempts = 0;
        await using PackCatalog catalog = new([new(AManifest(), _ => ++attempts == 1 ? throw new TransientException("The disk is away.") : Load())]);
        await Assert.ThrowsAsync<TransientException>(() => catalog.GetAsync("puppet", default));
        Assert.NotNull(await catalog.GetAsync("puppet", default));
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task The_catalogue_disposes_what_it_loaded()
    {
        PackCatalog catalog = new([Registration("puppet"), Registration("test-pattern")]);
        await catalog.GetAsync("puppet", default);
        await catalog.DisposeAsync();
        Assert.True(Assert.Single(loaded).IsDisposed);
    }

    [Fact]
    public void Two_packs_of_one_name_or_a_bad_manifest_stop_the_process_at_start()
    {
        Assert.Throws<ArgumentException>(() => new PackCatalog([Registration("puppet"), Registration("puppet")]));
        Assert.Throws<ArgumentException>(() => new PackCatalog([Registration("Puppet")]));
    }

    private PackRegistration Registration(string name) => new(AManifest(name), _ => Load());

    private async Task<IModelPack> Load()
    {
        await Task.Yield(); // so that callers can overtake each other
        LoadedPack pack = new();
        loaded.Add(pack);
        return pack;
    }

    private sealed class LoadedPack : IModelPack
    {
        public bool IsDisposed { get; private set; }

        public PackManifest Manifest => AManifest();

        public Task<PackPreparation> PrepareAsync(PrepareContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ISegmentModel> OpenAsync(SegmentContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }
}
