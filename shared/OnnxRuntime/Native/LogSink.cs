using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RenderFarm.OnnxRuntime.Native;

/// <summary>Receives ONNX Runtime's log lines, which would otherwise go to standard error, between our progress bars.</summary>
internal sealed unsafe class LogSink
{
    public event Action<OrtSeverity, string>? Logged;

    public static delegate* unmanaged<nint, int, byte*, byte*, byte*, byte*, void> Callback => &Receive;

    [UnmanagedCallersOnly]
    private static void Receive(nint sink, int severity, byte* category, byte* logId, byte* location, byte* message)
    {
        try
        {
            var target = (LogSink)GCHandle.FromIntPtr(sink).Target!;
            target.Logged?.Invoke((OrtSeverity)severity, Marshal.PtrToStringUTF8((nint)message) ?? "");
        }
#pragma warning disable CA1031 // An exception cannot pass through native frames: it would end the process for the sake of a log line.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Trace.TraceError("A subscriber to ONNX Runtime's log failed: {0}", failure);
        }
    }
}
