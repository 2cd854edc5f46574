using System.Diagnostics;

namespace RenderFarm.Farm.Tests.Processes;

/// <summary>A started program, with a state folder of its own.</summary>
internal sealed class FarmProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private FarmProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <param name="home">RENDERFARM_HOME.</param>
    /// <param name="wrapper">A program and its arguments that starts the one that follows.</param>
    public static FarmProcess Start(string home, IReadOnlyList<string> arguments, params IReadOnlyList<string> wrapper)
    {
        string[] command = [.. wrapper, Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", BuiltFarm.Program, .. arguments];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RENDERFARM_HOME"] = home;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return new(process);
    }

    public static async Task<FarmResult> RunAsync(string home, params string[] arguments)
    {
        using FarmProcess farm = Start(home, arguments);
        return await farm.ResultAsync();
    }

    public async Task<FarmResult> ResultAsync()
    {
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
