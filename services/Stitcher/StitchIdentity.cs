using RenderFarm.Contracts;
using RenderFarm.Hosting;

namespace RenderFarm.Stitcher;

/// <summary>Which task of which job this is, as its events say it.</summary>
internal readonly record struct StitchIdentity(Guid JobId, StitchTask Task, int Index, int Attempt)
{
    public StitchFailed Failed(WorkFailure failure) => new()
    {
        JobId = JobId,
        Task = Task,
        Index = Index,
        Attempt = Attempt,
        Kind = failure.Kind,
        Sentence = failure.Sentence,
    };
}
