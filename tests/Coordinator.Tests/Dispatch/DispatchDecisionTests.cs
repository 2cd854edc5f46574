using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Coordinator.Dispatch;

namespace RenderFarm.Coordinator.Tests.Dispatch;

public sealed class DispatchDecisionTests
{
    [Fact]
    public void One_job_alone_gets_all_free_places() =>
        Assert.Equal([(Id(1), 5)], DispatchDecision.Share([ADemand(1, waiting: 100)], freePlaces: 5));

    [Fact]
    public void Nothing_is_sent_without_a_free_place() =>
        Assert.Empty(DispatchDecision.Share([ADemand(1, waiting: 100)], freePlaces: -1));

    [Fact]
    public void A_job_gets_no_more_than_it_has() =>
        Assert.Equal([(Id(1), 2)], DispatchDecision.Share([ADemand(1, waiting: 2)], freePlaces: 5));

    [Fact]
    public void Equal_jobs_share_equally() =>
        Assert.Equal([(Id(1), 3), (Id(2), 3)], DispatchDecision.Share([ADemand(1, waiting: 100), ADemand(2, waiting: 100)], freePlaces: 6));

    [Fact]
    public void A_newcomer_catches_up_with_a_job_that_has_the_farm() =>
        Assert.Equal([(Id(2), 4)], DispatchDecision.Share([ADemand(1, waiting: 900, inFlight: 8), ADemand(2, waiting: 9)], freePlaces: 4));

    [Fact]
    public void A_step_of_priority_doubles_the_share() =>
        Assert.Equal(
            [(Id(2), 6), (Id(1), 3)],
            DispatchDecision.Share([ADemand(1, waiting: 100), ADemand(2, waiting: 100, priority: 1)], freePlaces: 9));

    [Fact]
    public void A_low_priority_still_gets_something() =>
        Assert.Contains(DispatchDecision.Share([ADemand(1, waiting: 100, priority: -1), ADemand(2, waiting: 100, priority: 1)], freePlaces: 5), s => s.JobId == Id(1));

    [Fact]
    public void The_opening_of_a_job_counts_double() =>
        Assert.Equal(
            [(Id(2), 4), (Id(1), 2)],
            DispatchDecision.Share([ADemand(1, waiting: 100), ADemand(2, waiting: 100, openingLeft: 9)], freePlaces: 6));

    [Fact]
    public void Of_equally_needy_jobs_the_older_comes_first() =>
        Assert.Equal([(Id(1), 1)], DispatchDecision.Share([ADemand(2, waiting: 9), ADemand(1, waiting: 9)], freePlaces: 1));

    [Fact]
    public void Every_place_is_used_and_nobody_gets_more_than_waits() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt, byte, sbyte)[]>(), ArbMap.Default.ArbFor<byte>(), (jobs, free) =>
        {
            JobDemand[] demands =
                [.. jobs.Select((j, i) => ADemand(i + 1, j.Item1.Get, inFlight: j.Item2, priority: Math.Clamp((int)j.Item3, -4, 4)))];
            IReadOnlyList<(Guid JobId, int Count)> shares = DispatchDecision.Share(demands, free);
            return shares.Sum(s => s.Count) == Math.Min(free, demands.Sum(d => d.Waiting))
                && shares.All(s => s.Count <= demands.Single(d => d.JobId == s.JobId).Waiting);
        }).QuickCheckThrowOnFailure();

    /// <summary>Job n is created n minutes after the first.</summary>
    private static JobDemand ADemand(int job, int waiting, int inFlight = 0, int priority = 0, int openingLeft = 0) => new()
    {
        JobId = Id(job),
        Priority = priority,
        InFlight = inFlight,
        Waiting = waiting,
        OpeningLeft = openingLeft,
        CreatedAt = DateTimeOffset.UnixEpoch.AddMinutes(job),
    };

    private static Guid Id(int job) => new(job, 0, 0, new byte[8]);
}
