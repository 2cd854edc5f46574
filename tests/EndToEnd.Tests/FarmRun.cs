using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>One run of the program, its output collected while it runs.</summary>
internal sealed class FarmRun : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<JsonElement> _events = [];
    private readonly List<(Predicate<JsonElement> Wanted, TaskCompletionSource<JsonElement> Found)> _waiting = [];
    private readonly Lock _gate = new();

    public FarmRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Events of <c>--json</c> so far.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public JsonElement Single(string kind) => Assert.Single(Events, e => e.GetProperty("event").GetString() == kind);

    /// <summary>The first event that is wanted, now or later.</summary>
    public async Task<JsonElement> EventAsync(Predicate<JsonElement> wanted)
    {
        TaskCompletionSource<JsonElement> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            int at = _events.FindIndex(wanted);
            if (at >= 0)
                return _events[at];
            _waiting.Add((wanted, found));
        }

        Task ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(found.Task, ended).WaitAsync(s_patience) == ended && !found.Task.IsCompleted)
            Assert.Fail($"farm ended before the event came:{Environment.NewLine}{Errors}{Environment.NewLine}{Output}");
        return await found.Task;
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience); // returns after the readers have seen the last line
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>A signal by name, for example INT.</summary>
    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();

    private void Take(string? line)
    {
        Append(_output, line);
        if (line is null || !line.StartsWith('{'))
            return;
        JsonElement read = JsonDocument.Parse(line).RootElement.Clone();
        lock (_gate)
        {
            _events.Add(read);
            foreach ((Predicate<JsonElement> wanted, TaskCompletionSource<JsonElement> found) in _waiting)
                if (wanted(read))
                    found.TrySetResult(read);
        }
    }

    private void Append(StringBuilder text, string? line)
    {
        lock (_gate)
            text.AppendLine(line);
    }

    private string Text(StringBuilder text)
    {
        lock (_gate)
            return text.ToString();
    }
}
