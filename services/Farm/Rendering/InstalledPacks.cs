using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Packs;
using RenderFarm.Worker;

namespace RenderFarm.Farm.Rendering;

/// <summary>The model packs this program brings.</summary>
internal static class InstalledPacks
{
    /// <summary>Every pack by name; a pack is loaded when it is first asked for.</summary>
    public static PackCatalog Open() =>
        new(new ServiceCollection().AddBuiltInPacks().BuildServiceProvider().GetServices<PackRegistration>());
}
