using RenderFarm.Contracts;
using RenderFarm.Data;
using RenderFarm.Data.Jobs;

namespace RenderFarm.Coordinator.Ledger;

/// <summary>
/// Tells facts from late echoes. A result counts whichever attempt it is of, as long as there is none yet: every attempt
/// writes keys of its own, and all of them are right. A failure counts only for the attempt the ledger waits for.
/// </summary>
public static class Fence
{
    public static bool AcceptsResult(JobRow job, WorkRow work, int attempt) =>
        IsActive(job.State) && work.State is WorkState.Waiting or WorkState.InFlight or WorkState.Failed && attempt >= 1 && attempt <= work.Attempt;

    public static bool AcceptsFailure(JobRow job, WorkRow work, int attempt) =>
        IsActive(job.State) && work.State == WorkState.InFlight && attempt == work.Attempt;

    private static bool IsActive(JobState state) =>
        state is JobState.Created or JobState.Preparing or JobState.Rendering or JobState.Muxing;
}
