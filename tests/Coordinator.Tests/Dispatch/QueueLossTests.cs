using RenderFarm.Coordinator.Sweeping;

namespace RenderFarm.Coordinator.Tests.Dispatch;

public sealed class QueueLossTests
{
    private static readonly CoordinatorOptions s_options = new() { LeaseDuration = TimeSpan.FromSeconds(90), QueueTime = TimeSpan.FromHours(1) };

    [Fact]
    public void A_command_waits_as_long_as_all_work_was_sent_before_it() => Assert.False(IsLost(sentAt: 10, latestBegun: 5, now: 1_000_000));

    [Fact]
    public void A_command_sent_together_with_what_is_being_done_may_come_next() => Assert.False(IsLost(sentAt: 10, latestBegun: 50, now: 1_000));

    [Fact]
    public void A_command_that_much_younger_ones_have_overtaken_is_lost() => Assert.True(IsLost(sentAt: 10, latestBegun: 101, now: 102));

    [Fact]
    public void With_nobody_at_work_a_command_waits_for_the_queue_time() => Assert.False(IsLost(sentAt: 10, latestBegun: null, now: 3_609));

    [Fact]
    public void With_nobody_at_work_for_longer_a_command_is_lost() => Assert.True(IsLost(sentAt: 10, latestBegun: null, now: 3_611));

    private static bool IsLost(int sentAt, int? latestBegun, int now) =>
        QueueLoss.IsLost(At(sentAt), latestBegun is int begun ? At(begun) : null, At(now), s_options);

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
