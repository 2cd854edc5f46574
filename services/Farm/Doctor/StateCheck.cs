using System.Globalization;
using RenderFarm.Farm.State;

namespace RenderFarm.Farm.Doctor;

/// <summary>The state folder: writable, with room; and what unfinished renders keep there.</summary>
internal static class StateCheck
{
    /// <summary>Enough for about an hour of the usual video with its state.</summary>
    private const long ComfortableBytes = 4_000_000_000;

    public static IReadOnlyList<Finding> Run(FarmHome home) => [Folder(home), .. Unfinished(home)];

    private static Finding Folder(FarmHome home)
    {
        // The folder itself is made by the first render; until then its nearest ancestor decides.
        string existing = home.Folder;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        try
        {
            using FileStream probe = new(Path.Combine(existing, $".farm-{Guid.NewGuid():N}"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(FindingMark.Bad, "state folder", $"{home.Folder} cannot be written: make it writable or set {FarmHome.EnvironmentVariable} ({e.Message})");
        }

        long free = new DriveInfo(existing).AvailableFreeSpace;
        return free < ComfortableBytes
            ? new(FindingMark.Note, "state folder", $"{home.Folder} has only {DiskSpace.Text(free)} free: enough for short lectures")
            : new(FindingMark.Good, "state folder", $"{home.Folder}, {DiskSpace.Text(free)} free");
    }

    private static IEnumerable<Finding> Unfinished(FarmHome home)
    {
        if (!Directory.Exists(home.Jobs))
            yield break;
        foreach (DirectoryInfo job in new DirectoryInfo(home.Jobs).EnumerateDirectories().OrderBy(job => job.LastWriteTimeUtc))
        {
            long bytes = job.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            string since = job.LastWriteTimeUtc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return new(FindingMark.Note, "unfinished", $"a render of {since} keeps {DiskSpace.Text(bytes)} in {job.FullName}: run its command again to finish it, or delete the folder");
        }
    }
}
