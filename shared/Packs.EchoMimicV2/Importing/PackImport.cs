using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RenderFarm.Failures;
using RenderFarm.OnnxGraph;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Pictures;
using RenderFarm.Packs.EchoMimicV2.Rendering;
using RenderFarm.Packs.EchoMimicV2.Weights;
using RenderFarm.Timeline;

namespace RenderFarm.Packs.EchoMimicV2.Importing;

/// <summary>
/// Makes a pack of the official checkpoints: every network as an ONNX file with its weights beside it, and the manifest with their hashes. Weights go through memory one
/// parameter at a time. The folder appears when it is complete; what a crash leaves has <c>.partial</c> at the end of its name and is removed by the next import.
/// </summary>
public static class PackImport
{
    private const string Partial = ".partial";
    private const int SmallestSizePixels = 128;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="progress">Told a line before and after each network.</param>
    /// <exception cref="PermanentException">A checkpoint is missing, damaged or does not fit, or the folder cannot be written.</exception>
    public static async Task RunAsync(ImportSettings settings, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.To));
        Check(settings, to);
        string partial = to + Partial;
        try
        {
            using OfficialWeights weights = OfficialWeights.Open(settings.From, settings.Variant == EchoMimicVariant.Accelerated);
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            Directory.CreateDirectory(partial);
            await WriteAsync(settings, weights, partial, progress, cancellationToken);
            if (Directory.Exists(to))
                Directory.Delete(to); // it is empty
            Directory.Move(partial, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(partial);
            throw new PermanentException($"The pack cannot be written to '{to}': {e.Message}", e);
        }
        catch
        {
            Remove(partial);
            throw;
        }
    }

    private static void Check(ImportSettings settings, string to)
    {
        if (!Directory.Exists(settings.From))
            throw new PermanentException($"There is no folder '{settings.From}': name the folder of the official checkpoints, 'pretrained_weights'.");
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
            throw new PermanentException($"'{to}' is there already: remove it or choose another folder.");
        if (settings.SizePixels < SmallestSizePixels || settings.SizePixels % LatentSize.PixelsPerLatent != 0)
            throw new PermanentException($"The size must be a multiple of {LatentSize.PixelsPerLatent} from {SmallestSizePixels} on, not {settings.SizePixels}.");
    }

    private static async Task WriteAsync(
        ImportSettings settings, OfficialWeights weights, string folder, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        NetworkOptions options = new() { Precision = settings.Precision };
        EchoMimicNetwork[] networks = Enum.GetValues<EchoMimicNetwork>();
        for (int i = 0; i < networks.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = NetworkFiles.NameOf(networks[i]);
            OnnxModel model = weights.Build(networks[i], options);
            long bytes = model.Graph.Initializers.Sum(initializer => initializer.Data.ByteLength);
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{i + 1}/{networks.Length} {name}: {bytes / 1e6:0.0} MB of weights"));
            OnnxModelWriter.Save(model, Path.Combine(folder, name), new ExternalDataOptions(), cancellationToken);
        }

        bool accelerated = settings.Variant == EchoMimicVariant.Accelerated;
        EchoMimicDocument document = new()
        {
            UNet = weights.UNet,
            Precision = settings.Precision,
            Filter = accelerated ? PictureFilter.Lanczos : PictureFilter.Bicubic,
            Guidance = accelerated ? 1 : 2.5f,
        };
        document.Write(folder);
        progress?.Report("hashing");
        PackFile[] files = await HashAsync(folder, cancellationToken);
        await File.WriteAllBytesAsync(
            Path.Combine(folder, PackFolder.ManifestFileName), JsonSerializer.SerializeToUtf8Bytes(new { Pack = ManifestOf(settings), Files = files }, s_json), cancellationToken);
        PackFolder.Open(folder); // what is published can be opened
        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{files.Length} files, {files.Sum(file => file.SizeBytes) / 1e6:0.0} MB"));
    }

    private static PackManifest ManifestOf(ImportSettings settings)
    {
        bool accelerated = settings.Variant == EchoMimicVariant.Accelerated;
        WindowGeometry windows = WindowGeometry.Official;
        return new PackManifest
        {
            Name = accelerated ? "echomimic-v2-acc" : "echomimic-v2",
            Version = "2",
            Summary = $"EchoMimic v2, {(accelerated ? "accelerated" : "full")}, {(settings.Precision == NetworkPrecision.Fp16 ? "half" : "single")} precision.",
            WindowFrames = windows.Size,
            WindowOverlapFrames = windows.Overlap,
            WindowShiftFrames = windows.ShiftPerStep,
            DefaultSteps = accelerated ? 6 : 30,
            MinSizePixels = SmallestSizePixels,
            MaxSizePixels = settings.SizePixels,
            SizeMultiplePixels = LatentSize.PixelsPerLatent,
            NoiseClamp = FrameNoise.DefaultClamp,
        };
    }

    private static async Task<PackFile[]> HashAsync(string folder, CancellationToken cancellationToken)
    {
        List<PackFile> files = [];
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            await using FileStream stream = File.OpenRead(path);
            files.Add(new PackFile
            {
                Path = Path.GetFileName(path),
                SizeBytes = stream.Length,
                Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)),
            });
        }

        return [.. files];
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure being reported matters more; the next import removes the rest.
        }
    }
}
