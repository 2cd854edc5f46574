using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;

namespace RenderFarm.Timeline.Tests;

/// <summary>Small random timelines: half of them with the official windows, the others with any.</summary>
internal static class Cases
{
    /// <summary>Runs the check over geometry, timeline length, step (0 to 39) and a non-empty range within the timeline.</summary>
    public static void ForAll(Action<WindowGeometry, long, int, FrameRange> check)
    {
        Gen<int> any = Gen.Choose(0, int.MaxValue - 1);
        Gen<(WindowGeometry, long, int, FrameRange)> cases =
            from official in any
            from size in Gen.Choose(1, 15)
            from overlap in any
            from shift in Gen.Choose(0, 20)
            from frameCount in Gen.Choose(1, 90)
            from step in Gen.Choose(0, 39)
            from first in any
            from count in any
            let start = first % frameCount
            select (
                official % 2 == 0 ? WindowGeometry.Official : new(size, overlap % size, shift),
                (long)frameCount,
                step,
                new FrameRange(start, start + 1 + (count % (frameCount - start))));
        Prop.ForAll(Arb.From(cases), drawn => check(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
