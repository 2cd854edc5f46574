using System.Runtime.InteropServices;

namespace RenderFarm.Farm.Commands;

/// <summary>Ctrl-C and its relatives: the first asks the command to stop cleanly, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int exitCode;

    public CancellationToken Token => source.Token;

    /// <summary>What the process returns when it stopped because of the signal.</summary>
    public int ExitCode => exitCode == 0 ? Commands.ExitCode.Interrupted : exitCode;

    /// <summary>Starts to listen to the signals of this process.</summary>
    public static Interruption Listen()
    {
        Interruption interruption = new();
        interruption.On(PosixSignal.SIGINT, Commands.ExitCode.Interrupted);
        interruption.On(PosixSignal.SIGTERM, Commands.ExitCode.Terminated);
        interruption.On(PosixSignal.SIGHUP, 129);
        return interruption;
    }

    /// <summary>As if the signal had come.</summary>
    public void Raise(int code)
    {
        if (Interlocked.CompareExchange(ref exitCode, code, 0) == 0)
            source.Cancel();
        else
            LeaveAtOnce();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void On(PosixSignal signal, int code) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Raise(code);
        }));

    private void LeaveAtOnce()
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\u001b[?25h"); // the progress display hides the cursor
        Environment.Exit(exitCode);
    }
}
