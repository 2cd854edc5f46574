using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RenderFarm.Packs;
using RenderFarm.Packs.Puppet;
using RenderFarm.Packs.TestPattern;

namespace RenderFarm.Worker;

/// <summary>The packs that come with the farm.</summary>
public static class BuiltInPacks
{
    /// <summary>Adds their registrations. A command that only lists packs has no configuration; then the defaults hold.</summary>
    public static IServiceCollection AddBuiltInPacks(this IServiceCollection services, Action<PackOptions>? configure = null)
    {
        services.AddOptions<PackOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.Bind("Packs", options))
            .Configure(options => configure?.Invoke(options));
        return services.AddSingleton(Puppet).AddSingleton(TestPatternPack.Registration);
    }

    private static PackRegistration Puppet(IServiceProvider provider)
    {
        PackOptions options = provider.GetRequiredService<IOptions<PackOptions>>().Value;
        return PuppetPack.Registration(() => new LandmarkerFaces(options));
    }
}
