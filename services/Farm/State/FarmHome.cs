using RenderFarm.Failures;

namespace RenderFarm.Farm.State;

/// <summary>Where farm keeps what outlives a process: RENDERFARM_HOME, or <c>renderfarm</c> in the user's data folder (XDG base directories).</summary>
internal sealed record FarmHome(string Folder)
{
    public const string EnvironmentVariable = "RENDERFARM_HOME";

    /// <summary>One folder per unfinished render.</summary>
    public string Jobs => Path.Combine(Folder, "jobs");

    /// <summary>Reports of errors nobody foresaw.</summary>
    public string Reports => Path.Combine(Folder, "reports");

    public static FarmHome FromEnvironment() => From(Environment.GetEnvironmentVariable, Environment.CurrentDirectory);

    /// <exception cref="PermanentException">No variable names a folder.</exception>
    public static FarmHome From(Func<string, string?> environment, string currentFolder)
    {
        if (environment(EnvironmentVariable) is { Length: > 0 } named)
            return new(Path.GetFullPath(named, currentFolder));
        // The specification says to ignore a relative XDG path.
        if (environment("XDG_DATA_HOME") is { } data && Path.IsPathFullyQualified(data))
            return new(Path.Combine(data, "renderfarm"));
        if (environment("HOME") is { } home && Path.IsPathFullyQualified(home))
            return new(Path.Combine(home, ".local", "share", "renderfarm"));
        throw new PermanentException($"There is no home folder to keep state in: set {EnvironmentVariable} to a folder that can be written.");
    }
}
