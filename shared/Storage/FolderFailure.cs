using RenderFarm.Failures;

namespace RenderFarm.Storage;

/// <summary>Says whether a failed file operation may be tried again or needs a person, and what that person should do.</summary>
internal static class FolderFailure
{
    // On Unix an IOException carries errno in HResult.
    private const int Efbig = 27;
    private const int Enospc = 28;
    private const int Erofs = 30;
    private const int Edquot = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static Exception From(Exception failure, string folder) => failure switch
    {
        UnauthorizedAccessException => new PermanentException(
            $"The folder '{folder}' may not be written or read by this user; change its permissions or choose another folder.", failure),
        IOException { HResult: Enospc or Edquot or WindowsDiskFull } => new PermanentException(
            $"The disk of the folder '{folder}' is full; free some space and start again.", failure),
        IOException { HResult: Efbig } => new PermanentException(
            $"A file is larger than the file system of the folder '{folder}' allows; choose a folder on another disk.", failure),
        IOException { HResult: Erofs } => new PermanentException(
            $"The folder '{folder}' is on a read-only file system; choose another folder.", failure),
        _ => new TransientException($"The folder '{folder}' could not be used: {failure.Message}", failure),
    };
}
