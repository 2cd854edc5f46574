using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.FarmTestSupport;
using RenderFarm.Packs;
using RenderFarm.TestSupport;
using RenderFarm.TfLite;

namespace RenderFarm.Worker.Tests;

public sealed class BuiltInPacksTests
{
    private const int Size = 128;

    [Fact]
    public async Task They_can_be_listed_without_a_host_and_without_loading_anything()
    {
        await using ServiceProvider provider = new ServiceCollection().AddBuiltInPacks().AddSingleton<PackCatalog>().BuildServiceProvider();
        Assert.Equal(["puppet", "test-pattern"], provider.GetRequiredService<PackCatalog>().Manifests.Select(manifest => manifest.Name));
    }

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public async Task The_puppet_finds_a_face_and_speaks()
    {
        await using TestFarm farm = await TestFarm.StartAsync((services, folder) => services
            .AddBuiltInPacks(o => (o.ModelsFolder, o.OnnxRuntimeLibrary) = (Path.Combine(folder, "models"), NpmPackages.OnnxRuntimeLibrary))
            .AddWorker(o => o.WorkFolder = Path.Combine(folder, "work")));
        await MediaPipeModels.ImportAsync(NpmPackages.Folder, Path.Combine(farm.Folder, "models"), default);
        await farm.PutAsync("in/audio", await File.ReadAllBytesAsync(SharedFolder.At("inputs/audio/news.wav")));
        await farm.PutAsync("in/portrait", await File.ReadAllBytesAsync(SharedFolder.At("inputs/portraits/0035.png")));
        RenderSettings settings = WorkerFarm.Settings() with { Pack = "puppet", Encoding = WorkerFarm.Settings().Encoding with { SizePixels = Size } };
        Guid jobId = Guid.NewGuid();
        await farm.SendAsync(new PrepareJob { JobId = jobId, Attempt = 1, AudioKey = "in/audio", PortraitKey = "in/portrait", Settings = settings, OutputPrefix = "p/" });
        PreparedInputs inputs = (await farm.Events.NextAsync<JobPrepared>()).Inputs;
        await farm.SendAsync(new RenderSegment
        {
            JobId = jobId,
            SegmentIndex = 0,
            Attempt = 1,
            Frames = new FrameRange(20, 60),
            BorderBefore = default,
            BorderAfter = default,
            Settings = settings,
            Inputs = inputs,
            OutputPrefix = "s/",
            LeaseDuration = TimeSpan.FromSeconds(45),
        });
        SegmentRendered rendered = await farm.Events.NextAsync<SegmentRendered>();
        byte[] pixels = await Pixels.OfAsync(await farm.GetAsync(rendered.InteriorKey!));
        Assert.Equal(40 * Size * Size * 3, pixels.Length);
        Assert.Equal(40, pixels.Chunk(Size * Size * 3).Select(frame => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame))).Distinct().Count());
    }
}
