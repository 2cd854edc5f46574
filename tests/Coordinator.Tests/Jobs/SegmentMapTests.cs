using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Coordinator.Jobs;
using RenderFarm.Data;

namespace RenderFarm.Coordinator.Tests.Jobs;

public sealed class SegmentMapTests
{
    [Fact]
    public void A_job_without_segments_has_no_map() => Assert.Equal("", SegmentMap.Draw([]));

    [Fact]
    public void Few_segments_have_a_letter_each() =>
        Assert.Equal("#!+.", SegmentMap.Draw([WorkState.Done, WorkState.Failed, WorkState.InFlight, WorkState.Waiting]));

    [Fact]
    public void A_failure_is_seen_among_thousands()
    {
        WorkState[] states = [.. Enumerable.Repeat(WorkState.Done, 10_000)];
        states[5_000] = WorkState.Failed;
        string map = SegmentMap.Draw(states);
        Assert.Equal(256, map.Length);
        Assert.Equal(128, map.IndexOf('!', StringComparison.Ordinal));
        Assert.Equal(255, map.Count(c => c == '#'));
    }

    [Fact]
    public void A_map_is_all_rendered_exactly_when_the_job_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<bool[]>(), done =>
            SegmentMap.Draw([.. done.Select(d => d ? WorkState.Done : WorkState.Waiting)]).All(c => c == '#') == done.All(d => d))
        .QuickCheckThrowOnFailure();
}
