using RenderFarm.TestSupport;

namespace RenderFarm.Farm.Tests.Processes;

/// <summary>The program as ./farm runs it: with the inference library and the networks beside it.</summary>
internal static class BuiltFarm
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RENDERFARM_FARM") ?? Newest();

    /// <summary>Why the program cannot be run here. Never a reason under CI: ./test builds it.</summary>
    public static string? SkipReason { get; } =
        Folder is not null || Environment.GetEnvironmentVariable("CI") == "true" ? null : "There is no built farm: run ./farm --version once, or ./test.";

    public static string Program => Path.Combine(Folder ?? throw new DirectoryNotFoundException("./test builds the farm; it is not there."), "farm.dll");

    private static string? Newest()
    {
        DirectoryInfo builds = new(Path.Combine(RepositoryRoot.Folder, "artifacts", "farm"));
        return builds.Exists
            ? builds.EnumerateDirectories().Where(build => File.Exists(Path.Combine(build.FullName, "farm.dll"))).MaxBy(build => build.CreationTimeUtc)?.FullName
            : null;
    }
}
