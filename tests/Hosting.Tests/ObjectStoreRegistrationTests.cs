using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RenderFarm.Storage;

namespace RenderFarm.Hosting.Tests;

public sealed class ObjectStoreRegistrationTests
{
    [Fact]
    public async Task A_folder_store_without_a_folder_stops_the_process_at_start_and_names_the_key()
    {
        using IHost host = AHost(_ => { });
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("Store:Folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_store_keeps_its_objects_in_the_folder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("store-registration-");
        using (IHost host = AHost(o => o.Folder = folder.FullName))
        {
            IObjectStore store = host.Services.GetRequiredService<IObjectStore>();
            await store.PutAsync("a/b", new MemoryStream([1, 2, 3]), default);
            Assert.Equal(3, (await new FolderObjectStore(folder.FullName).StatAsync("a/b", default))?.SizeBytes);
        }

        folder.Delete(recursive: true);
    }

    private static IHost AHost(Action<ObjectStoreOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddObjectStore(configure);
        return builder.Build();
    }
}
