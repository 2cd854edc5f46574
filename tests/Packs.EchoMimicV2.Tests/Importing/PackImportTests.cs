using RenderFarm.Failures;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Importing;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Rendering;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Importing;

public sealed class PackImportTests
{
    private const Needs Both = Needs.Shared | Needs.Packages;

    private static string Checkpoints => Path.Combine(Golden.Folder, "pretrained_weights");

    [RequiresTheory(Both)]
    [InlineData(NetworkPrecision.Fp32, 1e-4)]
    [InlineData(NetworkPrecision.Fp16, 0.02)]
    public async Task An_imported_pack_verifies_and_decodes_the_official_picture(NetworkPrecision precision, double tolerance)
    {
        using TempFolder folder = new();
        string to = Path.Combine(folder.Path, "packs", "echomimic-v2");
        List<string> lines = [];

        await PackImport.RunAsync(new ImportSettings { From = Checkpoints, To = to, Precision = precision }, new Lines(lines), default);

        Assert.Empty(await PackFolder.Open(to).VerifyAsync(default).ToListAsync());
        Assert.Equal(30, PackFolder.Open(to).Manifest.DefaultSteps);
        Assert.Equal(2.5f, EchoMimicDocument.Read(to).Guidance);
        Assert.Contains(lines, line => line.StartsWith("7/7 vae_decoder.onnx", StringComparison.Ordinal));
        Assert.False(Directory.Exists(to + ".partial"));
        using EchoMimicNetworks networks = EchoMimicNetworks.FromPack(to, OrtRuntime.Load(NpmPackages.OnnxRuntimeLibrary));
        using FrameDecoder decoder = new(networks, new LatentSize(4, 16, 16));
        float[] latents = Golden.Floats("02_vae/decode_latents_128x128.npy");
        Golden.AssertClose(
            Golden.Floats("02_vae/decode_sample_128x128.npy"), decoder.DecodeRaw(latents.AsSpan(0, decoder.Size.Length), default), tolerance, precision.ToString());
    }

    [SharedFact]
    public async Task A_checkpoint_that_is_missing_is_named_and_leaves_nothing_behind()
    {
        using TempFolder folder = new();
        string to = Path.Combine(folder.Path, "pack");
        PermanentException failure = await Assert.ThrowsAsync<PermanentException>(() => PackImport.RunAsync(
            new ImportSettings { From = Checkpoints, To = to, Variant = EchoMimicVariant.Accelerated }, null, default));
        Assert.Contains("denoising_unet_acc.pth", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [SharedFact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        using TempFolder folder = new();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "mine.txt"), "");
        PermanentException failure = await Assert.ThrowsAsync<PermanentException>(() => PackImport.RunAsync(
            new ImportSettings { From = Checkpoints, To = folder.Path }, null, default));
        Assert.Contains("is there already", failure.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "mine.txt")));
    }

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
