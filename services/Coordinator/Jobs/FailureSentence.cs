using System.Globalization;

namespace RenderFarm.Coordinator.Jobs;

/// <summary>What a user is told about failures.</summary>
public static class FailureSentence
{
    public static string ForJob(int failedSegments, int segments, int failedTasks, string? last)
    {
        List<string> parts = [];
        if (failedSegments > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{failedSegments} of {segments} segments"));
        if (failedTasks > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{failedTasks} of the steps that join them"));
        string what = $"{string.Join(" and ", parts)} could not be done; retry the job to repeat just those";
        return last is null ? $"{what}." : $"{what}. The last said: {last}";
    }

    public static string LostWorkers(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} workers stopped in the middle of this segment; see the workers' logs.");

    public static string AllWorkersBanned(string last) =>
        $"Not tried, because every worker failed several segments of this job in a row. The last said: {last}";
}
