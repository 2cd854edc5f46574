using System.Runtime.InteropServices;
using RenderFarm.Failures;

namespace RenderFarm.Storage;

/// <summary>
/// Gives a file a second name if that name is free, in one step. <c>File.Move</c> without overwriting looks first and renames
/// then, so two racers could both win.
/// </summary>
internal static partial class HardLink
{
    private const int Eperm = 1;
    private const int Eexist = 17;
    private const int Enosys = 38;
    private const int Eopnotsupp = 95;

    /// <returns>False when the name is taken.</returns>
    public static bool TryCreate(string existingPath, string newPath)
    {
        if (Link(existingPath, newPath) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Eexist => false,
            Eperm or Enosys or Eopnotsupp => throw new PermanentException(
                $"The file system of '{Path.GetDirectoryName(newPath)}' has no hard links; choose a folder on another disk."),
            _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error), error),
        };
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existingPath, string newPath);
}
