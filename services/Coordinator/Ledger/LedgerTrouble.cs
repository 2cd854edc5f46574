using RenderFarm.Failures;

namespace RenderFarm.Coordinator.Ledger;

/// <summary>Why the ledger cannot be written at the moment, where only a person can help; nothing about jobs can be saved then, not even this.</summary>
public sealed class LedgerTrouble
{
    private volatile PermanentException? current;

    public PermanentException? Current => current;

    internal void Set(PermanentException? trouble) => current = trouble;
}
