namespace RenderFarm.Worker.Devices;

/// <summary>The right to use one device; disposing gives it to the next.</summary>
public sealed class DeviceSlot : IDisposable
{
    private Action<string>? release;

    internal DeviceSlot(string workerId, Action<string> release)
    {
        WorkerId = workerId;
        this.release = release;
    }

    /// <summary>The name under which the farm knows this device: <c>host/cpu-0</c>.</summary>
    public string WorkerId { get; }

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke(WorkerId);
}
