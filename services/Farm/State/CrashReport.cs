using RenderFarm.Farm.Commands;

namespace RenderFarm.Farm.State;

/// <summary>Keeps the details of an error that nobody foresaw, so that the user sees a sentence and a developer the stack.</summary>
internal static class CrashReport
{
    /// <summary>Writes the report; returns the sentence for the user.</summary>
    public static string Write(FarmHome home, Exception exception)
    {
        string what = $"An internal error stopped farm ({exception.GetType().Name})";
        string report = $"farm {FarmCommand.Version} on {Environment.OSVersion}, .NET {Environment.Version}{Environment.NewLine}{exception}{Environment.NewLine}";
        foreach (string folder in (string[])[home.Reports, Path.GetTempPath()])
        {
            try
            {
                Directory.CreateDirectory(folder);
                string path = Path.Combine(folder, $"farm-{Environment.ProcessId}-{Guid.NewGuid():N}.txt");
                File.WriteAllText(path, report);
                return $"{what}; the details are in {path}.";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next folder may do.
            }
        }

        return $"{what}, and no folder can be written to keep the details: {exception.Message}";
    }
}
