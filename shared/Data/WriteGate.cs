namespace RenderFarm.Data;

/// <summary>
/// Lets the writers of this process in one after the other. SQLite has one writer at a time anyway, and lets the others find
/// the file busy, sleep and try again; waiting in line costs neither threads nor luck.
/// </summary>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Waits for the turn, which lasts until the result is disposed. Turns do not nest.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(() => gate.Release());
    }

    public void Dispose() => gate.Dispose();

    private sealed class Turn(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}
