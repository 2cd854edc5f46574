namespace RenderFarm.FarmTestSupport;

/// <summary>Programs that still run and were told about a folder.</summary>
public static class ChildProcesses
{
    /// <summary>Command lines that mention the folder.</summary>
    public static IReadOnlyList<string> Mentioning(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Select(CommandLine).Where(line => line.Contains(folder, StringComparison.Ordinal))];

    private static string CommandLine(string process)
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) ? File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ') : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // ended meanwhile
        }
    }
}
