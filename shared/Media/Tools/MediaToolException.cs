namespace RenderFarm.Media;

/// <summary>ffmpeg or ffprobe refused the work. Callers who know whose fault that is turn it into a sentence; anywhere else it is a bug.</summary>
public sealed class MediaToolException(string program, int exitCode, string errorTail)
    : Exception($"{program} ended with code {exitCode}: {errorTail}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The last lines the program wrote to stderr.</summary>
    public string ErrorTail { get; } = errorTail;
}
