using RenderFarm.Contracts;
using RenderFarm.Coordinator.Progress;

namespace RenderFarm.Coordinator.Tests.Progress;

public sealed class ProgressBoardTests
{
    [Fact]
    public void The_furthest_report_of_a_worker_stays_when_reports_overtake_each_other()
    {
        ProgressBoard board = new();
        board.Record(AReport("a", 0.6));
        board.Record(AReport("a", 0.4));
        Assert.Equal(0.6, Assert.Single(board.TakeAll()).Fraction);
    }

    [Fact]
    public void Another_worker_begins_anew()
    {
        ProgressBoard board = new();
        board.Record(AReport("a", 0.6));
        board.Record(AReport("b", 0.1));
        Assert.Equal("b", Assert.Single(board.TakeAll()).WorkerId);
    }

    [Fact]
    public void What_was_taken_is_gone()
    {
        ProgressBoard board = new();
        board.Record(AReport("a", 0.6));
        board.TakeAll();
        Assert.Empty(board.TakeAll());
    }

    private static SegmentProgressed AReport(string worker, double fraction) => new()
    {
        JobId = Guid.Empty,
        SegmentIndex = 0,
        Attempt = 1,
        WorkerId = worker,
        Stage = SegmentStage.Denoising,
        Fraction = fraction,
    };
}
