using RenderFarm.OnnxRuntime;
using RenderFarm.TestSupport;
using RenderFarm.TfLite;

namespace RenderFarm.MediaPipe.Tests;

/// <summary>The converted networks, made once for all tests of a run, and the library that runs them.</summary>
public sealed class Networks : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("mediapipe").FullName;

    public OrtRuntime Runtime => field ??= OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary);

    public async Task InitializeAsync()
    {
        if (NpmPackages.SkipReason is null)
            await MediaPipeModels.ImportAsync(NpmPackages.Folder, Folder, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public FaceLandmarker FaceLandmarker(bool refined) => new(Runtime, Folder, new FaceLandmarkerOptions { Refined = refined });
}
