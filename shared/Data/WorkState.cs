namespace RenderFarm.Data;

/// <summary>Where a piece of work is that somebody else does: a segment, or one of a job's tasks.</summary>
public enum WorkState
{
    /// <summary>Something it needs is not there yet.</summary>
    Blocked = 0,

    /// <summary>May be sent from <see cref="WorkRow.NotBefore"/> on.</summary>
    Waiting = 1,

    /// <summary>A command for it is on its way or being worked on, until <see cref="WorkRow.LeaseUntil"/>.</summary>
    InFlight = 2,

    Done = 3,

    /// <summary>Given up; only a person starts it again.</summary>
    Failed = 4,

    /// <summary>The job ended before it was done.</summary>
    Cancelled = 5,
}
