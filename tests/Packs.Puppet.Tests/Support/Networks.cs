using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.TestSupport;
using RenderFarm.TfLite;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>The converted face networks, made once for all tests of a class.</summary>
public sealed class Networks : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("puppet-networks-").FullName;

    public MediaPipeFaces OpenFaces() => new(OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary), _folder);

    public async Task InitializeAsync()
    {
        if (NpmPackages.SkipReason is null)
            await MediaPipeModels.ImportAsync(NpmPackages.Folder, _folder, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
