using System.Security.Cryptography;
using System.Text.Json;
using RenderFarm.Failures;
using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>The networks of MediaPipe that RenderFarm uses (Apache-2.0, by Google) and their import from npm packages.</summary>
public static class MediaPipeModels
{
    /// <summary>In the folder of the converted networks: what they were made from, by which importer.</summary>
    public const string StampFile = "mediapipe.json";

    private const string Hands = "@mediapipe/hands";
    private const string HandsVersion = "0.4.1675469240";
    private const string HandsAssets = "hands_solution_packed_assets.data";
    private const string FaceMesh = "@mediapipe/face_mesh";
    private const string FaceMeshVersion = "0.4.1657299874";
    private const string FaceMeshAssets = "face_mesh_solution_packed_assets.data";

    public static MediaPipeModel FaceDetection { get; } = new(
        "face_detection_short_range", FaceMesh, FaceMeshVersion, FaceMeshAssets, 3757224, 229032,
        "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633");

    public static MediaPipeModel FaceLandmarks { get; } = new(
        "face_landmark", FaceMesh, FaceMeshVersion, FaceMeshAssets, 2495952, 1241896,
        "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1");

    public static MediaPipeModel FaceLandmarksWithAttention { get; } = new(
        "face_landmark_with_attention", FaceMesh, FaceMeshVersion, FaceMeshAssets, 0, 2495952,
        "883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d");

    public static MediaPipeModel PalmDetectionFull { get; } = new(
        "palm_detection_full", Hands, HandsVersion, HandsAssets, 11, 2341280,
        "2f25e740121983f68ffc05f99991d524dc0ea812134f6316a26125816941ee85");

    public static MediaPipeModel PalmDetectionLite { get; } = new(
        "palm_detection_lite", Hands, HandsVersion, HandsAssets, 2341291, 1985440,
        "e9a4aaddf90dda56a87235303cf00e4c2d3fb28725f68fd88772997dac905c18");

    public static MediaPipeModel HandLandmarksFull { get; } = new(
        "hand_landmark_full", Hands, HandsVersion, "hand_landmark_full.tflite", 0, 5478688,
        "8c026882c9ec059ce0f8e75266bee5a9a23c341a40e0000df755374d3d1b9b68");

    public static MediaPipeModel HandLandmarksLite { get; } = new(
        "hand_landmark_lite", Hands, HandsVersion, "hand_landmark_lite.tflite", 0, 2071408,
        "d7fde8ac11f8ce03f8663775bfc323f4fc9f2a38062b4f4efa142874ef5b2a48");

    /// <summary>Converts, but nothing uses it yet, so it is not imported and its package not needed.</summary>
    public static MediaPipeModel SelfieSegmentation { get; } = new(
        "selfie_segmentation", "@mediapipe/selfie_segmentation", "0.1.1675465747", "selfie_segmentation.tflite", 0, 249024,
        "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27");

    /// <summary>Those that <see cref="ImportAsync"/> converts.</summary>
    public static IReadOnlyList<MediaPipeModel> All { get; } =
    [
        FaceDetection, FaceLandmarks, FaceLandmarksWithAttention, PalmDetectionFull, PalmDetectionLite, HandLandmarksFull,
        HandLandmarksLite,
    ];

    /// <summary>Where <see cref="ImportAsync"/> puts a network.</summary>
    public static string PathOf(MediaPipeModel model, string modelsFolder) => Path.Combine(modelsFolder, model.Name + ".onnx");

    /// <summary>
    /// Converts the networks to <c>NAME.onnx</c> in a folder. Does nothing, and does not look at the packages, when the folder holds
    /// them already, made from the same bytes by the same importer. Two imports at once wait for each other; one that is killed leaves
    /// no file under a final name that is not complete.
    /// </summary>
    /// <param name="packagesFolder">The <c>node_modules</c> folder that holds Google's packages.</param>
    /// <param name="outputFolder">Created when missing.</param>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="PermanentException">A package is missing, another version or damaged; or the folder may not be written.</exception>
    /// <exception cref="TransientException">The disk is full or failed.</exception>
    public static async Task<bool> ImportAsync(string packagesFolder, string outputFolder, CancellationToken cancellationToken)
    {
        if (await IsImportedAsync(outputFolder, cancellationToken))
            return false;
        try
        {
            Directory.CreateDirectory(outputFolder);
            await using FolderLock held = await FolderLock.TakeAsync(Path.Combine(outputFolder, ".import.lock"), cancellationToken);
            if (await IsImportedAsync(outputFolder, cancellationToken))
                return false; // someone else did it while this one waited
            await ConvertAllAsync(packagesFolder, outputFolder, cancellationToken);
            return true;
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new PermanentException($"The folder {outputFolder} cannot be written: allow it or choose another folder.", forbidden);
        }
        catch (IOException failed)
        {
            throw new TransientException($"The networks could not be written to {outputFolder}: {failed.Message}", failed);
        }
    }

    /// <summary>Whether the folder holds all networks, made from the bytes and by the importer that this build knows.</summary>
    public static async Task<bool> IsImportedAsync(string outputFolder, CancellationToken cancellationToken)
    {
        try
        {
            byte[] stamp = await File.ReadAllBytesAsync(Path.Combine(outputFolder, StampFile), cancellationToken);
            return JsonSerializer.Deserialize<ImportStamp>(stamp) is { } found
                && found.IsCurrent
                && All.All(model => File.Exists(PathOf(model, outputFolder)));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a network, as Google publishes them.</summary>
    /// <exception cref="PermanentException">The package is missing or has other bytes.</exception>
    public static async Task<byte[]> ReadAsync(MediaPipeModel model, string packagesFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        string install = $"install it with 'npm install --ignore-scripts {model.Package}@{model.PackageVersion}'";
        string path = Path.Combine(packagesFolder, model.Package, model.File);
        byte[] bytes = new byte[model.Length];
        try
        {
            await using FileStream file = File.OpenRead(path);
            file.Position = model.Start;
            await file.ReadExactlyAsync(bytes, cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PermanentException($"The package {model.Package} is not in {packagesFolder}: {install}.", missing);
        }
        catch (EndOfStreamException tooShort)
        {
            throw new PermanentException($"{path} is too short to hold {model.Name}: {install}.", tooShort);
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != model.Sha256)
            throw new PermanentException($"{path} does not hold the {model.Name} of version {model.PackageVersion}: {install}.");
        return bytes;
    }

    private static async Task ConvertAllAsync(string packagesFolder, string outputFolder, CancellationToken cancellationToken)
    {
        string stamp = Path.Combine(outputFolder, StampFile);
        File.Delete(stamp); // from here on the folder is not complete
        foreach (MediaPipeModel model in All)
        {
            byte[] bytes = await ReadAsync(model, packagesFolder, cancellationToken);
            OnnxModel onnx = TfLiteConverter.ToOnnx(TfLiteModel.Parse(model.Name, bytes));
            OnnxModelWriter.Save(onnx, PathOf(model, outputFolder), cancellationToken: cancellationToken);
        }

        await File.WriteAllBytesAsync(stamp + ".partial", JsonSerializer.SerializeToUtf8Bytes(ImportStamp.Current), cancellationToken);
        File.Move(stamp + ".partial", stamp, overwrite: true);
    }
}
