using System.Runtime.InteropServices;
using RenderFarm.Failures;

namespace RenderFarm.OnnxRuntime;

/// <summary>Where libonnxruntime lies.</summary>
public static class OrtLibrary
{
    /// <summary>Names the library file; wins over every place but an explicit path.</summary>
    public const string EnvironmentVariable = "RENDERFARM_ONNXRUNTIME";

    /// <summary>
    /// The library file to load: <paramref name="explicitPath"/>, else what RENDERFARM_ONNXRUNTIME names, else the first that
    /// exists of <paramref name="defaultPaths"/> and the application's own folder.
    /// </summary>
    /// <exception cref="PermanentException">
    /// There is none. A path that was named but does not exist is an error too: another library must not step in silently.
    /// </exception>
    public static string Find(string? explicitPath, params ReadOnlySpan<string> defaultPaths) =>
        Find(explicitPath, Environment.GetEnvironmentVariable(EnvironmentVariable), [.. defaultPaths, .. BesideApplication()], File.Exists);

    /// <summary>The library of this machine's processor inside an npm <c>node_modules</c> folder that holds onnxruntime-node.</summary>
    public static string InNodeModules(string nodeModules) =>
        Path.Combine(nodeModules, "onnxruntime-node", "bin", "napi-v6", "linux", ProcessorName, "libonnxruntime.so.1");

    internal static string Find(string? explicitPath, string? fromEnvironment, IReadOnlyList<string> defaultPaths, Predicate<string> exists)
    {
        string? named = string.IsNullOrEmpty(explicitPath) ? fromEnvironment : explicitPath;
        if (!string.IsNullOrEmpty(named))
            return exists(named) ? Path.GetFullPath(named) : throw NotFound([named]);
        return defaultPaths.FirstOrDefault(path => exists(path)) is { } found ? Path.GetFullPath(found) : throw NotFound(defaultPaths);
    }

    private static string ProcessorName => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";

    private static string[] BesideApplication()
    {
        string folder = AppContext.BaseDirectory;
        return
        [
            Path.Combine(folder, "libonnxruntime.so.1"),
            Path.Combine(folder, "libonnxruntime.so"),
            // Where the SDK puts a NuGet package's native files when the build names no runtime.
            Path.Combine(folder, "runtimes", $"linux-{ProcessorName}", "native", "libonnxruntime.so"),
        ];
    }

    private static PermanentException NotFound(IReadOnlyList<string> places) =>
        new($"ONNX Runtime's library is not at {string.Join(" or ", places)}; run ./farm doctor, which installs it, or name the file in {EnvironmentVariable}.");
}
