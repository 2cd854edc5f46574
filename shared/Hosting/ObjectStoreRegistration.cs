using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RenderFarm.Storage;

namespace RenderFarm.Hosting;

/// <summary>Gives a host its <see cref="IObjectStore"/>.</summary>
public static class ObjectStoreRegistration
{
    public static IServiceCollection AddObjectStore(this IServiceCollection services, Action<ObjectStoreOptions>? configure = null)
    {
        services.AddOptions<ObjectStoreOptions>().BindConfiguration("Store").Configure(o => configure?.Invoke(o))
            .Validate(o => o.Kind != ObjectStoreKind.Folder || o.Folder.Length > 0, "Store:Folder must name the folder of the object store.")
            .ValidateOnStart();
        return services.AddSingleton<IObjectStore>(provider =>
        {
            ObjectStoreOptions options = provider.GetRequiredService<IOptions<ObjectStoreOptions>>().Value;
            return options.Kind switch
            {
                ObjectStoreKind.Folder => new FolderObjectStore(options.Folder),
                _ => throw new InvalidOperationException($"There is no object store of the kind {options.Kind}."),
            };
        });
    }
}
