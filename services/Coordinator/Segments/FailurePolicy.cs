using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Segments;

/// <summary>The failure rules for segments and tasks.</summary>
public static class FailurePolicy
{
    /// <summary>Times the work itself may fail. Commands exclude workers that failed, so these are different ones where there are enough.</summary>
    public const int MostFailures = 3;

    /// <summary>Different workers that may fall silent on one segment before the segment is to blame.</summary>
    public const int MostLostWorkers = 3;

    /// <summary>After every so many setbacks of one piece of work it is checked whether what it reads is still in the store.</summary>
    public const int SetbacksPerCheck = 3;

    /// <param name="kind">What failed now.</param>
    /// <param name="failures">Earlier failures of the work itself.</param>
    /// <param name="setbacks">Earlier failures of the surroundings.</param>
    /// <param name="options">The back-off.</param>
    public static FailureVerdict AfterFailure(FailureKind kind, int failures, int setbacks, CoordinatorOptions options) => kind switch
    {
        FailureKind.Infrastructure => new(FailureAction.RetryFreely, BackOff(setbacks, options)),
        FailureKind.BadInput => new(FailureAction.FailJob),
        // Waiting lets other segments go first; if they succeed, the worker is not to blame.
        FailureKind.Rendering when failures + 1 < MostFailures => new(FailureAction.RetryCounted, BackOff(failures, options)),
        FailureKind.Rendering => new(FailureAction.GiveUp),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <param name="lostOn">Different workers that fell silent on the segment, this one included; 0 when nobody had begun it.</param>
    public static FailureVerdict AfterLostLease(int lostOn, int setbacks, CoordinatorOptions options) =>
        lostOn >= MostLostWorkers ? new(FailureAction.GiveUp) : new(FailureAction.RetryFreely, BackOff(setbacks, options));

    private static TimeSpan BackOff(int earlier, CoordinatorOptions options)
    {
        double seconds = options.FirstBackOff.TotalSeconds * Math.Pow(2, Math.Min(earlier, 30));
        return TimeSpan.FromSeconds(Math.Min(seconds, options.LongestBackOff.TotalSeconds));
    }
}
