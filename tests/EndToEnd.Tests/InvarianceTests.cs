using Microsoft.Extensions.DependencyInjection;
using RenderFarm.Contracts;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Packs;
using RenderFarm.TestSupport;
using RenderFarm.Worker;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Farm = single machine: cutting a job into segments does not change the picture.</summary>
public sealed class InvarianceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Needs.Shared | Needs.Packages)]
    public async Task Segments_and_workers_leave_every_frame_as_one_piece_renders_it()
    {
        FarmProgram farm = new(_folder);
        string speech = _folder.At("speech.wav");
        await Tool.SpeechAsync(speech, 12, Samples.Speech);
        string[] common = ["render", "--portrait", Samples.Portrait("0035"), "--audio", speech, "--codec", "ffv1", "--json"];

        FarmRun cut = await farm.SucceedAsync([.. common, "--out", _folder.At("cut.mkv"), "--segment-seconds", "3", "--workers", "2"]);
        FarmRun whole = await farm.SucceedAsync([.. common, "--out", _folder.At("whole.mkv"), "--segment-seconds", "60", "--workers", "1"]);

        Assert.InRange(cut.Single("planned").GetProperty("segments").GetInt32(), 3, 6);
        Assert.Equal(1, whole.Single("planned").GetProperty("segments").GetInt32());
        IReadOnlyList<string> expected = await Tool.FrameHashesAsync(_folder.At("whole.mkv"));
        Assert.Equal(12 * 24, expected.Count);
        Assert.True(expected.Distinct().Count() > 200, "The picture hardly moves.");
        Assert.Equal(expected, await Tool.FrameHashesAsync(_folder.At("cut.mkv")));

        string troubled = await RenderTroubledAsync(Samples.Portrait("0035"), speech);
        Assert.Equal(expected, await Tool.FrameHashesAsync(troubled));
    }

    /// <summary>The same job where segments finish out of order and a worker fails once.</summary>
    private async Task<string> RenderTroubledAsync(string portrait, string speech)
    {
        string models = await ImportedNetworks.FolderAsync();
        TroubledPack? troubled = null;
        using ServiceProvider built = new ServiceCollection().AddBuiltInPacks(o => (o.ModelsFolder, o.OnnxRuntimeLibrary) = (models, NpmPackages.OnnxRuntimeLibrary)).BuildServiceProvider();
        PackRegistration puppet = built.GetServices<PackRegistration>().Single(pack => pack.Manifest.Name == "puppet");
        await using PackCatalog packs = new([puppet with { LoadAsync = async token => troubled = new TroubledPack(await puppet.LoadAsync(token), failingFrame: 100) }]);
        await using ComposedFarm farm = await ComposedFarm.StartAsync(_folder.At("composed"), packs, workers: 2);
        Guid jobId = Guid.NewGuid();
        JobSnapshot end = await farm.RenderAsync(
            new JobRequest
            {
                JobId = jobId,
                AudioKey = JobKeys.Input(jobId, "audio"),
                PortraitKey = JobKeys.Input(jobId, "portrait"),
                Settings = new RenderSettings
                {
                    Pack = "puppet",
                    Seed = 420,
                    Steps = puppet.Manifest.DefaultSteps,
                    Encoding = new VideoEncoding { Codec = VideoCodec.Ffv1, Crf = 18, FrameRate = new FrameRate(24, 1), SizePixels = 512 },
                },
                Labels = new VideoLabels { Title = "Trouble", Generator = "puppet" },
                SegmentLength = TimeSpan.FromSeconds(3),
            },
            portrait,
            speech);

        Assert.Equal(JobState.Completed, end.State);
        Assert.True(troubled!.Failures > 1, "The failing frame was never rendered again.");
        string video = _folder.At("troubled.mkv");
        await farm.Store.GetFileAsync(end.OutputKey!, video, default);
        return video;
    }
}
