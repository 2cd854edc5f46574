namespace RenderFarm.Hosting;

public enum BusTransport
{
    /// <summary>Messages stay in the process and die with it; the coordinator's ledger is what survives.</summary>
    InMemory = 0,
}
