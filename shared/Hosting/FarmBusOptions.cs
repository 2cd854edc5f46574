namespace RenderFarm.Hosting;

/// <summary>How this process joins the bus. Configuration section <c>Bus</c>.</summary>
public sealed class FarmBusOptions
{
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>How long handlers may go on after the process was asked to stop; then their token is cancelled.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.Zero;

    /// <summary>How long cancelled handlers may take to clean up before they are abandoned.</summary>
    public TimeSpan StopTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits between the tries of a handler that throws <see cref="Failures.TransientException"/>.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];
}
