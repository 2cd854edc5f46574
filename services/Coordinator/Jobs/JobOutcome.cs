using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>What follows from the counts of a job. A failed segment does not stop the others: the job asks for attention when they are done.</summary>
public static class JobOutcome
{
    public static JobStep Decide(JobCounts job)
    {
        bool isUnderWay = job.OpenSegments > 0 || job.OpenTasks > 0;
        if (isUnderWay || job.State is not (JobState.Rendering or JobState.Muxing))
            return JobStep.GoOn;
        if (job.FailedSegments > 0 || job.FailedTasks > 0)
            return JobStep.AskForAttention;
        bool hasAllChunks = job.RenderedSegments == job.Segments && job.BlendedBorders == job.Borders;
        return job.State == JobState.Rendering && hasAllChunks ? JobStep.Join : JobStep.GoOn;
    }
}
