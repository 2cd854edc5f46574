using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Parity;
using RenderFarm.TestSupport;
using Xunit.Abstractions;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Parity;

public sealed class ParityCheckTests(ITestOutputHelper output)
{
    private const Needs Both = Needs.Shared | Needs.Packages;

    [RequiresFact(Both)]
    public async Task Everything_the_official_implementation_left_is_reproduced()
    {
        List<ParityRow> rows = await RunAsync(Golden.Folder);
        rows.ForEach(row => output.WriteLine($"{row.Stage} {row.Status} {row.MaxDifference:g3} {row.Tolerance:g3} {row.PsnrDb:0.0} {row.Note}"));

        Assert.DoesNotContain(rows, row => row.Status == ParityStatus.Failed);
        foreach (string expected in (string[])["08_pipelines/acc/latents_after_step5.npy", "08_pipelines/cfg25/latents_after_step3.npy",
            "08_pipelines/acc_short_128x192/latents_final.npy", "08_pipelines/acc_short_128x192/latents_final_cfg2.npy",
            "08_pipelines/acc/frames_strip.png", "08_pipelines/cfg25/frames_strip.png", "03_pose/pose_features_128x192_frames0_5.npy"])
            Assert.Contains(rows, row => row.Stage == expected && row.Status == ParityStatus.Passed);
        Assert.All(rows.Where(row => row.PsnrDb is not null), row => Assert.True(row.PsnrDb >= 50, row.ToString()));
    }

    [RequiresFact(Both)]
    public async Task A_number_that_differs_fails_and_stages_that_are_not_there_are_named()
    {
        using TempFolder folder = new();
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "pretrained_weights"), Path.Combine(Golden.Folder, "pretrained_weights"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "06_scheduler"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "07_context"));
        File.Copy(Path.Combine(Golden.Folder, "06_scheduler/betas.npy"), Path.Combine(folder.Path, "06_scheduler/alphas_cumprod.npy"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "07_context/windows.json"), "{ \"context_size\": 12 }");

        List<ParityRow> rows = await RunAsync(folder.Path);

        Assert.Contains(rows, row => row is { Stage: "06_scheduler/alphas_cumprod.npy", Status: ParityStatus.Failed } && row.Note.StartsWith("worst at", StringComparison.Ordinal));
        Assert.Contains(rows, row => row is { Stage: "07_context", Status: ParityStatus.Failed });
        foreach (string stage in (string[])["01_audio", "02_vae", "03_pose", "04_reference", "05_denoise"])
            Assert.Contains(rows, row => row.Stage == stage && row.Status == ParityStatus.Skipped);
    }

    [RequiresFact(Both)]
    public async Task Settings_come_from_the_folder()
    {
        using TempFolder folder = new();
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "pretrained_weights"), Path.Combine(Golden.Folder, "pretrained_weights"));
        foreach (string input in (string[])["01_audio/pcm_16k_s16.npy", "02_vae/ref_0035.png", "03_pose/pose_strip_128x192_8.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, input))!);
            File.Copy(Path.Combine(Golden.Folder, input), Path.Combine(folder.Path, input));
        }

        string clip = Path.Combine(folder.Path, "08_pipelines", "short_128x192");
        Directory.CreateDirectory(clip);
        foreach (string file in (string[])["noise.npy", "latents_final.npy"])
            File.Copy(Path.Combine(Golden.Folder, "08_pipelines/acc_short_128x192", file), Path.Combine(clip, file));

        Assert.Contains(await RunAsync(folder.Path), row =>
            row is { Stage: "08_pipelines/short_128x192/latents_final.npy", Status: ParityStatus.Skipped } && row.Note.Contains("how many steps", StringComparison.Ordinal));

        await File.WriteAllTextAsync(
            Path.Combine(clip, "settings.json"), "{ \"num_inference_steps\": 3, \"guidance_scale\": 1.0, \"fps\": 24, \"filter\": \"lanczos\" }");
        Assert.Contains(await RunAsync(folder.Path), row => row is { Stage: "08_pipelines/short_128x192/latents_final.npy", Status: ParityStatus.Passed });

        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "settings.json"),
            "{ \"08_pipelines/short_128x192\": { \"steps\": 4, \"guidance\": 1.0, \"fps\": 24, \"filter\": \"lanczos\" } }");
        Assert.Contains(await RunAsync(folder.Path), row => row is { Stage: "08_pipelines/short_128x192/latents_final.npy", Status: ParityStatus.Failed });
    }

    private static async Task<List<ParityRow>> RunAsync(string folder)
    {
        List<ParityRow> rows = [];
        await foreach (ParityRow row in ParityCheck.RunAsync(folder, OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary), new OrtSessionOptions(), default))
            rows.Add(row);
        return rows;
    }
}
