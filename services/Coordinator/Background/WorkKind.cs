namespace RenderFarm.Coordinator.Background;

/// <summary>The coordinator's own short work. Each kind reads the ledger to see what is to be done, so running it too often is harmless.</summary>
public enum WorkKind
{
    /// <summary>Send what may be sent.</summary>
    Dispatch = 0,

    /// <summary>Take back what is overdue and ask for all the other kinds where the ledger shows work for them.</summary>
    Sweep = 1,

    /// <summary>Cut the timeline of a prepared job.</summary>
    PlanJob = 2,

    /// <summary>Check that everything the ledger calls done is in the store.</summary>
    CheckObjects = 3,

    /// <summary>Write down which chunks make the video, so that it can be joined.</summary>
    ListChunks = 4,

    /// <summary>Delete what an ended job does not need any more.</summary>
    CleanUp = 5,

    /// <summary>Delete the two renderings of a border that has been blended.</summary>
    DropBorder = 6,
}
