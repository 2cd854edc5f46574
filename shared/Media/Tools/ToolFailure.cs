using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>Reads exit code and stderr of a failed ffmpeg or ffprobe: facts in, exception out.</summary>
public static class ToolFailure
{
    /// <summary>ffmpeg's own answer to SIGINT and SIGTERM.</summary>
    private const int StoppedBySignal = 255;

    /// <param name="outputFolder">Where the program was writing; null when it wrote only to a pipe.</param>
    /// <returns>
    /// <see cref="PermanentException"/> where only a person can help, <see cref="TransientException"/> where the surroundings
    /// ended the program, otherwise <see cref="MediaToolException"/>.
    /// </returns>
    public static Exception Classify(string program, int exitCode, string errorTail, string? outputFolder)
    {
        MediaToolException facts = new(program, exitCode, errorTail);
        if (outputFolder is not null && FolderSentence(errorTail, outputFolder) is { } sentence)
            return new PermanentException(sentence, facts);
        if (exitCode is > 128 and <= StoppedBySignal)
            return new TransientException($"{program} was stopped from outside (code {exitCode}).", facts);
        if (IsOutOfMemory(facts))
            return new TransientException($"{program} ran out of memory.", facts);
        return facts;
    }

    /// <summary>The program was refused memory: by the machine, or by our cap on what a stranger's file may take.</summary>
    public static bool IsOutOfMemory(Exception? failure) =>
        failure is MediaToolException tool ? Has(tool.ErrorTail, "Cannot allocate memory") : failure is not null && IsOutOfMemory(failure.InnerException);

    private static string? FolderSentence(string errorTail, string folder) => 0 switch
    {
        _ when Has(errorTail, "No space left on device") || Has(errorTail, "Disk quota exceeded") => FullSentence(folder),
        _ when Has(errorTail, "Read-only file system") || Has(errorTail, "Permission denied") =>
            $"Nothing can be written to the folder '{ShownPath.Of(folder)}': choose another folder or change its permissions.",
        _ => null,
    };

    /// <summary>The sentence for a full disk, also for callers that meet one in their own writes.</summary>
    public static string FullSentence(string folder) =>
        $"The disk that holds the folder '{ShownPath.Of(folder)}' is full: free some space there and run the same command again.";

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
