using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>A file a user named: hostile until proven otherwise.</summary>
public static class UserFile
{
    /// <summary>The absolute path of an ordinary, readable file with something in it.</summary>
    /// <param name="role">What the file is for, as the subject of a sentence: "audio" or "portrait".</param>
    /// <exception cref="PermanentException">There is none.</exception>
    public static string Require(string path, string role)
    {
        string shown = ShownPath.Of(path);
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new PermanentException($"The {role} needs the name of a file.");
        string absolute = Path.GetFullPath(path);
        if (Directory.Exists(absolute))
            throw new PermanentException($"The {role} '{shown}' is a folder: name one file.");
        FileInfo file = new(absolute);
        if (!file.Exists)
            throw new PermanentException(path.Contains("://", StringComparison.Ordinal)
                ? $"The {role} '{shown}' is a web address, and those are not opened: download the file and name it."
                : $"There is no {role} file '{shown}': check the name.");
        RequireReadable(file, role, shown);
        return absolute;
    }

    // Pipes and devices report no length, and opening them could wait for ever: they end at the first test.
    private static void RequireReadable(FileInfo file, string role, string shown)
    {
        if (file.Length == 0)
            throw new PermanentException($"The {role} file '{shown}' is empty: choose another file.");
        try
        {
            using FileStream opened = file.OpenRead();
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new PermanentException($"The {role} file '{shown}' cannot be read: check its permissions.", refused);
        }
    }
}
