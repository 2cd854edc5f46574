namespace RenderFarm.Farm.Tests.Processes;

/// <summary>How a program ended.</summary>
internal sealed record FarmResult(int ExitCode, string Output, string Error)
{
    /// <summary>Lines of the error output.</summary>
    public string[] Lines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
