using RenderFarm.Coordinator.Dispatch;

namespace RenderFarm.Coordinator.Tests.Dispatch;

public sealed class ExclusionTests
{
    [Fact]
    public void A_segment_that_never_failed_is_for_everybody() =>
        Assert.Empty(Exclusion.Choose(failedOn: [], banned: [], present: ["a", "b"], returns: 0));

    [Fact]
    public void A_worker_on_which_the_segment_failed_does_not_get_it_again() =>
        Assert.Equal(["a"], Exclusion.Choose(failedOn: ["a"], banned: [], present: ["a", "b"], returns: 0));

    [Fact]
    public void A_worker_banned_from_the_job_gets_none_of_its_segments() =>
        Assert.Equal(["a", "b"], Exclusion.Choose(failedOn: ["b"], banned: ["a"], present: ["a", "b", "c"], returns: 0));

    [Fact]
    public void A_worker_that_is_alone_may_try_again() =>
        Assert.Empty(Exclusion.Choose(failedOn: ["a"], banned: [], present: ["a"], returns: 0));

    [Fact]
    public void Rather_one_that_failed_once_than_one_that_is_banned() =>
        Assert.Equal(["a"], Exclusion.Choose(failedOn: ["b"], banned: ["a"], present: ["a", "b"], returns: 0));

    [Fact]
    public void A_segment_that_goes_round_in_circles_may_go_anywhere() =>
        Assert.Empty(Exclusion.Choose(failedOn: ["a"], banned: ["b"], present: ["a", "b", "gone"], returns: Exclusion.MostReturns));
}
