using System.Runtime.InteropServices;

namespace RenderFarm.TestSupport;

/// <summary>The packages of <c>infra/packages</c> (native inference library, MediaPipe networks), or those RENDERFARM_PACKAGES names.</summary>
public static class NpmPackages
{
    private static readonly string Expected = Environment.GetEnvironmentVariable("RENDERFARM_PACKAGES")
        ?? Path.Combine(RepositoryRoot.Folder, "infra", "packages", "node_modules");

    private static readonly string? Missing = Directory.Exists(Path.Combine(Expected, "onnxruntime-node"))
        ? null
        : $"No packages in {Expected}: run 'npm ci --ignore-scripts' in infra/packages, or ./test, which does.";

    /// <summary>Why tests on packages cannot run here; null where they can. Never a reason under CI: there a missing package is a failure.</summary>
    public static string? SkipReason { get; } = Environment.GetEnvironmentVariable("CI") == "true" ? null : Missing;

    /// <summary>The node_modules folder.</summary>
    public static string Folder => Missing is null ? Expected : throw new DirectoryNotFoundException(Missing);

    /// <summary>libonnxruntime of this machine's processor (CPU build).</summary>
    public static string OnnxRuntimeLibrary => At(RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? "onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1"
        : "onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1");

    /// <summary>Absolute path of a file of a package, for example <c>@mediapipe/face_mesh/face_mesh.binarypb</c>.</summary>
    public static string At(string relativePath) => Path.Combine(Folder, relativePath);
}
