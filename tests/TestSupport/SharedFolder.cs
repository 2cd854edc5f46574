namespace RenderFarm.TestSupport;

/// <summary>Inputs and goldens that lie beside the checkout (<c>../shared</c>), or where RENDERFARM_SHARED says. Read only.</summary>
public static class SharedFolder
{
    private static readonly string Expected = Environment.GetEnvironmentVariable("RENDERFARM_SHARED")
        ?? Path.Combine(Path.GetDirectoryName(RepositoryRoot.Folder) ?? "/", "shared");

    /// <summary>Why tests on shared files cannot run here; null where they can.</summary>
    public static string? SkipReason { get; } = Directory.Exists(Path.Combine(Expected, "goldens"))
        ? null
        : $"No shared folder at {Expected}: put it beside the checkout or name it in RENDERFARM_SHARED.";

    /// <summary>Absolute path of a shared file or folder, for example <c>goldens/mediapipe/face478.json</c>.</summary>
    public static string At(string relativePath) =>
        SkipReason is null ? Path.GetFullPath(Path.Combine(Expected, relativePath)) : throw new DirectoryNotFoundException(SkipReason);
}
