using RenderFarm.Contracts;
using RenderFarm.Coordinator.Segments;
using RenderFarm.Data;
using RenderFarm.Data.Tasks;

namespace RenderFarm.Coordinator.Ledger;

/// <summary>What a failure does to a task.</summary>
internal static class TaskFailure
{
    public static FailureVerdict Apply(JobEntry entry, TaskRow task, FailureKind kind, string sentence, CoordinatorOptions options)
    {
        FailureVerdict verdict = FailurePolicy.AfterFailure(kind, task.Failures, task.Setbacks, options);
        task.Sentence = sentence;
        task.NotBefore = entry.Now + verdict.Delay;
        if (verdict.Action == FailureAction.RetryFreely)
            entry.CountSetback(task);
        else
            task.Failures++;
        entry.Move(task, verdict.Action is FailureAction.RetryFreely or FailureAction.RetryCounted ? WorkState.Waiting : WorkState.Failed);
        return verdict;
    }
}
