using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Packs.TestPattern;

namespace RenderFarm.Worker;

/// <summary>The packs that come with the farm.</summary>
public static class BuiltInPacks
{
    public static IServiceCollection AddBuiltInPacks(this IServiceCollection services) => services.AddSingleton(TestPatternPack.Registration);
}
