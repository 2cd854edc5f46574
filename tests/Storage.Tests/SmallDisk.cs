using System.Diagnostics;

namespace RenderFarm.Storage.Tests;

/// <summary>A file system of one megabyte in memory; only root may mount one, and not in every container.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder mountPoint = new();

    public SmallDisk()
    {
        if (!Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mountPoint.Path))
            throw new InvalidOperationException("tmpfs cannot be mounted.");
    }

    public static string? WhyNot { get; } = Probe();

    public string Path => mountPoint.Path;

    public void Dispose()
    {
        Run("umount", mountPoint.Path);
        mountPoint.Dispose();
    }

    private static string? Probe()
    {
        try
        {
            new SmallDisk().Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "needs the right to mount a small tmpfs";
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
