namespace RenderFarm.Data;

/// <summary>What segments and tasks have in common: the claim on them and how often it went wrong.</summary>
public abstract class WorkRow
{
    public Guid JobId { get; set; }

    /// <summary>Position within the job, from 0.</summary>
    public int Index { get; set; }

    public WorkState State { get; set; }

    /// <summary>Counts the commands sent, from 1; results that carry another number are late.</summary>
    public int Attempt { get; set; }

    /// <summary>Not sent before this time.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>When the command of the current attempt was sent.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>While in flight: when to stop waiting for it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Times the work itself failed.</summary>
    public int Failures { get; set; }

    /// <summary>Times the surroundings failed; only lengthens the back-off.</summary>
    public int Setbacks { get; set; }

    /// <summary>What was last said about a failure.</summary>
    public string? Sentence { get; set; }
}
