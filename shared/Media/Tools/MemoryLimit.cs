using System.Runtime.InteropServices;

namespace RenderFarm.Media;

/// <summary>Caps the memory of a process that reads a stranger's file.</summary>
/// <remarks>
/// prlimit(2), resource RLIMIT_DATA: private writable memory. A program that reaches the cap is refused memory and says so, instead of
/// taking the machine down with it. Only Linux has this; elsewhere nothing is capped.
/// </remarks>
internal static partial class MemoryLimit
{
    /// <summary>A progressive JPEG or a 16-bit TIFF of the largest size takes two thirds of this.</summary>
    public const long Bytes = 3L << 30;

    private const int DataResource = 2;

    /// <summary>Best effort: a process that has already ended, or a kernel that refuses, is no failure of the work.</summary>
    public static void Apply(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Pair limit = new() { Soft = Bytes, Hard = Bytes };
        _ = SetLimit(processId, DataResource, in limit, 0);
    }

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int processId, int resource, in Pair limit, nint previous);

    [StructLayout(LayoutKind.Sequential)]
    private struct Pair
    {
        public ulong Soft;
        public ulong Hard;
    }
}
