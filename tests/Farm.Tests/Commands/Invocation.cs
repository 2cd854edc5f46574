using RenderFarm.Farm.Commands;

namespace RenderFarm.Farm.Tests.Commands;

/// <summary>Runs a command line in this process.</summary>
internal static class Invocation
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using Interruption interruption = new();
        await using StringWriter output = new();
        await using StringWriter error = new();
        int exitCode = await CommandLine.RunAsync(args, output, error, interruption);
        return (exitCode, output.ToString(), error.ToString());
    }
}
