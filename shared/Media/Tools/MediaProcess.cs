using System.ComponentModel;
using System.Diagnostics;
using RenderFarm.Failures;

namespace RenderFarm.Media;

/// <summary>
/// One running ffmpeg or ffprobe: started without a shell, fed and read through pipes that hold it back when the other side is slow.
/// Whoever starts one calls <see cref="CompleteAsync"/>; disposing before that kills the program and waits for its end.
/// </summary>
public sealed class MediaProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string program;
    private readonly string? outputFolder;
    private readonly ErrorTail errors = new();
    private readonly Task errorPump;

    private MediaProcess(Process process, string program, string? outputFolder)
    {
        this.process = process;
        this.program = program;
        this.outputFolder = outputFolder;
        errorPump = PumpErrorsAsync();
    }

    /// <summary>Stdin of the program. Write through <see cref="WriteAsync"/>, which knows why a pipe broke.</summary>
    private Stream Input => process.StandardInput.BaseStream;

    private Stream Output => process.StandardOutput.BaseStream;

    /// <param name="outputFolder">Folder of the file the program writes, for the sentence when it cannot; null when it writes to a pipe.</param>
    /// <exception cref="PermanentException">The program is not installed.</exception>
    public static MediaProcess Start(string program, IReadOnlyList<string> arguments, string? outputFolder = null)
    {
        Process process = StartProcess(program, arguments);
        return new MediaProcess(process, program, outputFolder);
    }

    /// <summary>Starts a program that reads a stranger's file: its memory is capped.</summary>
    /// <exception cref="PermanentException">The program is not installed.</exception>
    public static MediaProcess StartCapped(string program, IReadOnlyList<string> arguments)
    {
        Process process = StartProcess(program, arguments);
        MemoryLimit.Apply(process.Id);
        return new MediaProcess(process, program, outputFolder: null);
    }

    private static Process StartProcess(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Would make ffmpeg write a log file of its own, or read presets from elsewhere.
        foreach (string variable in (string[])["FFREPORT", "FFMPEG_DATADIR", "AVCONV_DATADIR", "AV_LOG_FORCE_COLOR"])
            start.Environment.Remove(variable);
        try
        {
            return Process.Start(start) ?? throw new TransientException($"{program} could not be started.");
        }
        catch (Win32Exception absent)
        {
            throw new PermanentException($"The program '{ShownPath.Of(program)}' cannot be started: install ffmpeg (on Debian: apt-get install ffmpeg).", absent);
        }
    }

    /// <summary>Feeds stdin; returns when the pipe has taken all bytes.</summary>
    /// <exception cref="Exception">As <see cref="CompleteAsync"/> when the program has ended.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(bytes, cancellationToken))
            return;
        await process.WaitForExitAsync(cancellationToken);
        await errorPump;
        throw process.ExitCode == 0 ? new MediaToolException(program, 0, "stopped reading its input") : Failure();
    }

    /// <summary>Feeds stdin.</summary>
    /// <returns>False when the program no longer reads; <see cref="CompleteAsync"/> then says whether that was a failure.</returns>
    public async ValueTask<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await Input.WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Tells the program that nothing more comes.</summary>
    public void CloseInput()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has ended already; its exit code tells the story.
        }
    }

    /// <summary>Reads stdout; 0 at its end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => Output.ReadAsync(buffer, cancellationToken);

    /// <summary>Reads stdout until at least so many bytes are there or it ends; returns how many.</summary>
    public ValueTask<int> ReadAtLeastAsync(Memory<byte> buffer, int minimum, CancellationToken cancellationToken) =>
        Output.ReadAtLeastAsync(buffer, minimum, throwOnEndOfStream: false, cancellationToken);

    /// <summary>Closes stdin, discards what is left on stdout and waits for the end.</summary>
    /// <exception cref="Exception">What <see cref="ToolFailure.Classify"/> says when the exit code is not 0.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        CloseInput();
        byte[] discarded = new byte[4096];
        while (await ReadAsync(discarded, cancellationToken) > 0)
        {
        }

        await process.WaitForExitAsync(cancellationToken);
        await errorPump;
        if (process.ExitCode != 0)
            throw Failure();
    }

    /// <summary>What the program wrote to stderr so far, its last part.</summary>
    public string ErrorText => errors.ToString();

    /// <summary>Kills the program if it still runs and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true); // a child of its own would keep stderr open
        await process.WaitForExitAsync(CancellationToken.None);
        await errorPump;
    }

    /// <summary>As <see cref="KillAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private Exception Failure() => ToolFailure.Classify(program, process.ExitCode, errors.ToString(), outputFolder);

    private async Task PumpErrorsAsync()
    {
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await process.StandardError.BaseStream.ReadAsync(buffer)) > 0)
            errors.Append(buffer.AsSpan(0, count));
    }
}
