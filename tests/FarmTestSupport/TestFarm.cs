using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RenderFarm.Hosting;
using RenderFarm.Storage;

namespace RenderFarm.FarmTestSupport;

/// <summary>A host with the in-memory bus, a folder store and a log of all events; the test plays the coordinator.</summary>
public sealed class TestFarm : IAsyncDisposable
{
    private readonly IHost host;

    private TestFarm(IHost host, string folder, EventLog events)
    {
        this.host = host;
        Folder = folder;
        Events = events;
    }

    /// <summary>Everything of this farm lies below.</summary>
    public string Folder { get; }

    public EventLog Events { get; }

    public IObjectStore Store => host.Services.GetRequiredService<IObjectStore>();

    public IMessageBus Bus => host.Services.GetRequiredService<IMessageBus>();

    public IServiceProvider Services => host.Services;

    /// <param name="add">Adds the services under test; gets the folder.</param>
    /// <param name="folder">The folder of an earlier farm, to go on with what it left.</param>
    public static async Task<TestFarm> StartAsync(Action<IServiceCollection, string> add, string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("farm-tests-").FullName;
        EventLog events = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFarmBus();
        RecordEvents(builder.Services, events);
        builder.Services.AddObjectStore(o => o.Folder = Path.Combine(folder, "store"));
        add(builder.Services, folder);
        IHost host = builder.Build();
        await host.StartAsync();
        return new TestFarm(host, folder, events);
    }

    public Task SendAsync<TCommand>(TCommand command)
        where TCommand : class => Bus.SendAsync(command, CancellationToken.None);

    public Task PublishAsync<TEvent>(TEvent message)
        where TEvent : class => Bus.PublishAsync(message, CancellationToken.None);

    /// <summary>Asks the host to stop, as SIGTERM does, and waits for it.</summary>
    public Task StopAsync() => host.StopAsync();

    public async Task PutAsync(string key, ReadOnlyMemory<byte> bytes)
    {
        using MemoryStream content = new(bytes.ToArray());
        await Store.PutAsync(key, content, CancellationToken.None);
    }

    public async Task<byte[]> GetAsync(string key)
    {
        await using Stream stream = await Store.OpenReadAsync(key, CancellationToken.None);
        using MemoryStream content = new();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private static void RecordEvents(IServiceCollection services, EventLog events)
    {
        Type real = services.Single(service => service.ServiceType == typeof(IMessageBus)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IMessageBus>(
            provider => new RecordingBus((IMessageBus)ActivatorUtilities.CreateInstance(provider, real), events)));
    }
}
