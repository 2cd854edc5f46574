namespace RenderFarm.Coordinator.Jobs;

public enum JobStep
{
    /// <summary>There is work under way, or nothing to decide.</summary>
    GoOn = 0,

    /// <summary>All chunks are there.</summary>
    Join = 1,

    /// <summary>Everything that could be done is done, and something failed.</summary>
    AskForAttention = 2,
}
