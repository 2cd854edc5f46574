namespace RenderFarm.Coordinator.Dispatch;

/// <summary>
/// Fair share: every free place goes to the job that has least in flight for its weight. A weight is 2^priority, doubled
/// while the opening of the job is not on its way, so that the first minutes of everything can be watched early.
/// </summary>
public static class DispatchDecision
{
    /// <summary>How many segments each job may send now, in the order in which jobs got their first place.</summary>
    public static IReadOnlyList<(Guid JobId, int Count)> Share(IReadOnlyList<JobDemand> jobs, int freePlaces)
    {
        int[] granted = new int[jobs.Count];
        List<int> order = [];
        for (int place = 0; place < freePlaces; place++)
        {
            int next = Neediest(jobs, granted);
            if (next < 0)
                break;
            if (granted[next]++ == 0)
                order.Add(next);
        }

        return [.. order.Select(i => (jobs[i].JobId, granted[i]))];
    }

    private static int Neediest(IReadOnlyList<JobDemand> jobs, int[] granted)
    {
        int best = -1;
        for (int i = 0; i < jobs.Count; i++)
        {
            if (granted[i] < jobs[i].Waiting && (best < 0 || ComesBefore(jobs[i], granted[i], jobs[best], granted[best])))
                best = i;
        }

        return best;
    }

    private static bool ComesBefore(JobDemand a, int grantedA, JobDemand b, int grantedB)
    {
        int order = Load(a, grantedA).CompareTo(Load(b, grantedB));
        if (order == 0)
            order = a.CreatedAt.CompareTo(b.CreatedAt);
        return order == 0 ? a.JobId.CompareTo(b.JobId) < 0 : order < 0;
    }

    /// <summary>Load after taking one more: with half of it in flight, a job of weight 2 is as needy as one of weight 1 with a quarter.</summary>
    private static double Load(JobDemand job, int granted)
    {
        double weight = Math.Pow(2, job.Priority) * (granted < job.OpeningLeft ? 2 : 1);
        return (job.InFlight + granted + 1) / weight;
    }
}
