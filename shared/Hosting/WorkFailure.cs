using RenderFarm.Contracts;
using RenderFarm.Failures;
using RenderFarm.Storage;

namespace RenderFarm.Hosting;

/// <summary>How an exception that ended a piece of work is reported: facts in, kind and sentence out.</summary>
/// <param name="IsBug">Nobody foresaw it: the log needs the stack.</param>
public readonly record struct WorkFailure(FailureKind Kind, string Sentence, bool IsBug)
{
    /// <summary>ENOSPC and EDQUOT on Linux, ERROR_DISK_FULL on Windows.</summary>
    private static readonly int[] DiskFullCodes = [28, 122, unchecked((int)0x80070070)];

    /// <param name="whenPermanent">What a failure means that no repetition cures: bad input where inputs are read, rendering elsewhere.</param>
    public static WorkFailure Of(Exception exception, FailureKind whenPermanent) => exception switch
    {
        PermanentException => new(whenPermanent, exception.Message, IsBug: false),
        IOException full when DiskFullCodes.Contains(full.HResult) =>
            new(whenPermanent, $"A disk is full: free some space and run the job again ({OneLine(full.Message)})", IsBug: false),
        TransientException or IOException or ObjectNotFoundException or UnauthorizedAccessException or TimeoutException =>
            new(FailureKind.Infrastructure, OneLine(exception.Message), IsBug: false),
        // Cancelled by something that is neither the job nor the process: a connection that went away.
        OperationCanceledException => new(FailureKind.Infrastructure, "The work was interrupted.", IsBug: false),
        _ => new(FailureKind.Rendering, $"An internal error stopped the work ({exception.GetType().Name}: {OneLine(exception.Message)}); the log has the details.", IsBug: true),
    };

    private static string OneLine(string message)
    {
        string line = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= 300 ? line : line[..300] + "…";
    }
}
