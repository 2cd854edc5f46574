namespace RenderFarm.Coordinator.Segments;

public enum FailureAction
{
    /// <summary>The surroundings failed: again later, at no cost.</summary>
    RetryFreely = 0,

    /// <summary>The work failed: again, and it counts.</summary>
    RetryCounted = 1,

    /// <summary>This piece is given up; the job goes on with all others.</summary>
    GiveUp = 2,

    /// <summary>Nothing of the job can succeed.</summary>
    FailJob = 3,
}
