using RenderFarm.Failures;
using RenderFarm.TestSupport;

namespace RenderFarm.TfLite.Tests;

public sealed class MediaPipeModelsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tflite").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [RequiresFact(Needs.Packages)]
    public async Task Importing_writes_every_network_and_a_second_time_does_nothing()
    {
        Assert.True(await ImportAsync());
        Dictionary<string, byte[]> first = Contents();
        Assert.Equal(MediaPipeModels.All.Select(m => m.Name + ".onnx").Append(MediaPipeModels.StampFile).Order(), first.Keys.Order());
        Assert.False(await ImportAsync());
        Assert.False(await MediaPipeModels.ImportAsync("/nonexistent", folder, CancellationToken.None));
    }

    [RequiresFact(Needs.Packages)]
    public async Task A_lost_network_or_an_old_stamp_imports_again_with_equal_bytes()
    {
        await ImportAsync();
        Dictionary<string, byte[]> first = Contents();
        string lost = MediaPipeModels.PathOf(MediaPipeModels.FaceDetection, folder);
        File.Delete(lost);
        Assert.True(await ImportAsync());
        string stamp = Path.Combine(folder, MediaPipeModels.StampFile);
        await File.WriteAllTextAsync(
            stamp,
            (await File.ReadAllTextAsync(stamp)).Replace(MediaPipeModels.FaceDetection.Sha256, "0", StringComparison.Ordinal));
        Assert.True(await ImportAsync());
        Assert.Equal(first, Contents());
    }

    [RequiresFact(Needs.Packages)]
    public async Task Two_imports_at_once_do_the_work_once()
    {
        bool[] wrote = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(ImportAsync)));
        Assert.Single(wrote, w => w);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"ImporterVersion\":1,\"Sha256ByName\":{}}")]
    public async Task A_broken_stamp_is_no_stamp(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, MediaPipeModels.StampFile), text);
        Assert.False(await MediaPipeModels.IsImportedAsync(folder, CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_package_is_named_with_the_command_that_installs_it()
    {
        PermanentException error = await Assert.ThrowsAsync<PermanentException>(
            () => MediaPipeModels.ImportAsync(folder, Path.Combine(folder, "out"), CancellationToken.None));
        Assert.Contains("npm install --ignore-scripts @mediapipe/face_mesh@0.4.1657299874", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(249024)]
    public async Task Other_bytes_than_the_known_ones_are_refused(int length)
    {
        MediaPipeModel model = MediaPipeModels.SelfieSegmentation;
        string path = Path.Combine(folder, model.Package, model.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, new byte[length]);
        PermanentException error = await Assert.ThrowsAsync<PermanentException>(
            () => MediaPipeModels.ReadAsync(model, folder, CancellationToken.None));
        Assert.Contains(model.PackageVersion, error.Message, StringComparison.Ordinal);
    }

    private Task<bool> ImportAsync() => MediaPipeModels.ImportAsync(NpmPackages.Folder, folder, CancellationToken.None);

    private Dictionary<string, byte[]> Contents() => Directory.GetFiles(folder)
        .Where(path => !Path.GetFileName(path).StartsWith('.'))
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
}
