using System.Diagnostics;
using RenderFarm.TestSupport;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Runs the built farm program as a user does: as a process of its own, with a home folder of its own.</summary>
internal sealed class FarmProgram(TestFolder folder)
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "farm.dll");

    public string Home { get; } = folder.At("home");

    /// <summary>Starts <c>farm</c> with the arguments; the caller waits, signals or kills.</summary>
    public async Task<FarmRun> StartAsync(params IReadOnlyList<string> arguments)
    {
        await ImportedNetworks.FolderAsync();
        // A shell that runs the tests in the background has interrupts ignored, and children inherit that.
        ProcessStartInfo start = new("env", ["--default-signal=INT,TERM", "dotnet", s_program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["RENDERFARM_HOME"] = Home;
        start.Environment["RENDERFARM_ONNXRUNTIME"] = NpmPackages.OnnxRuntimeLibrary;
        return new FarmRun(Process.Start(start)!);
    }

    /// <summary>Runs to the end and insists on success.</summary>
    public async Task<FarmRun> SucceedAsync(params IReadOnlyList<string> arguments)
    {
        FarmRun run = await StartAsync(arguments);
        int code = await run.WaitAsync();
        Assert.True(code == 0, $"farm {string.Join(' ', arguments)} ended with {code}:{Environment.NewLine}{run.Errors}{Environment.NewLine}{run.Output}");
        return run;
    }

    /// <summary>Folders of unfinished renders in the home.</summary>
    public IReadOnlyList<string> UnfinishedRenders =>
        Directory.Exists(Path.Combine(Home, "jobs")) ? Directory.GetDirectories(Path.Combine(Home, "jobs")) : [];
}
