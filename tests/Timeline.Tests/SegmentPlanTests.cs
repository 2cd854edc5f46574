using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;

namespace RenderFarm.Timeline.Tests;

public sealed class SegmentPlanTests
{
    private static readonly SegmentPlanOptions TwentySeconds = SegmentPlanOptions.For(new(24, 1), TimeSpan.FromSeconds(20));

    [Fact]
    public void The_usual_plan_is_in_frames() => Assert.Equal((480L, 48L, 8), (TwentySeconds.NominalFrames, TwentySeconds.SearchFrames, TwentySeconds.BorderFrames));

    [Fact]
    public void Segments_tile_the_timeline_without_gap_or_overlap() => ForAllPlans((frameCount, _, plan) =>
    {
        Assert.Equal(0, plan[0].Frames.First);
        Assert.Equal(frameCount, plan[^1].Frames.End);
        Assert.All(plan.Zip(plan.Skip(1)), pair => Assert.Equal(pair.First.Frames.End, pair.Second.Frames.First));
    });

    [Fact]
    public void Chunks_tile_the_timeline_too() => ForAllPlans((frameCount, _, plan) =>
    {
        // interior 0, border 0, interior 1, …: what the stitcher concatenates.
        long next = 0;
        foreach (PlannedSegment segment in plan)
        {
            Assert.Equal(next, segment.Interior.First);
            Assert.True(segment.Interior.Count >= 0, $"negative interior {segment}");
            Assert.Equal(segment.Interior.End, segment.BorderAfter.First);
            next = segment.BorderAfter.End;
        }
        Assert.Equal(frameCount, next);
    });

    [Fact]
    public void Neighbours_render_the_same_border_with_half_on_each_side_of_the_cut() => ForAllPlans((frameCount, options, plan) =>
    {
        Assert.True(plan[0].BorderBefore.IsEmpty && plan[^1].BorderAfter.IsEmpty);
        foreach ((PlannedSegment left, PlannedSegment right) in plan.Zip(plan.Skip(1)))
        {
            Assert.Equal(left.BorderAfter, right.BorderBefore);
            Assert.Equal(options.BorderFrames, left.BorderAfter.Count);
            Assert.Equal(options.BorderFrames / 2, left.Frames.End - left.BorderAfter.First);
            Assert.InRange(left.BorderAfter.First, 0, frameCount);
            Assert.InRange(left.BorderAfter.End, 0, frameCount);
        }
        Assert.All(plan, segment => Assert.True(segment.Rendered.First <= segment.Frames.First && segment.Rendered.End >= segment.Frames.End));
    });

    [Fact]
    public void Lengths_stay_within_a_factor_of_two_and_hold_their_borders() => ForAllPlans((frameCount, options, plan) =>
    {
        long nominal = Math.Max(options.NominalFrames, options.BorderFrames); // borders need room first
        Assert.All(plan, segment => Assert.True(segment.Frames.Count <= 2 * nominal, $"{segment.Frames.Count} of {nominal}"));
        if (plan.Count > 1)
            Assert.All(plan, segment => Assert.True(2 * segment.Frames.Count >= nominal && segment.Frames.Count >= options.BorderFrames, $"{segment.Frames.Count} of {nominal}"));
    });

    [Fact]
    public void No_cut_moves_further_than_asked() => ForAllPlans((frameCount, options, plan) =>
    {
        for (int i = 1; i < plan.Count; i++)
            Assert.InRange(plan[i].Frames.First - (frameCount * i / plan.Count), -options.SearchFrames, options.SearchFrames);
    });

    [Fact]
    public void The_same_inputs_give_the_same_plan() => ForAllPlans((frameCount, options, plan) =>
        Assert.Equal(plan, SegmentPlan.Cut(frameCount, options, Loudness(frameCount))));

    [Fact]
    public void Without_loudness_the_pieces_are_even()
    {
        IReadOnlyList<PlannedSegment> plan = SegmentPlan.Cut(1250, TwentySeconds, []);
        Assert.Equal([416, 417, 417], plan.Select(segment => segment.Frames.Count));
    }

    [Fact]
    public void A_cut_falls_on_the_only_quiet_frame()
    {
        byte[] loudness = [.. Enumerable.Repeat((byte)200, 960)];
        loudness[503] = 10;
        loudness[433] = 0; // quieter, but 47 frames away and in reach
        Assert.Equal(433, SegmentPlan.Cut(960, TwentySeconds, loudness)[1].Frames.First);
        loudness[433] = 200;
        loudness[431] = 0; // 49 frames away
        Assert.Equal(503, SegmentPlan.Cut(960, TwentySeconds, loudness)[1].Frames.First);
    }

    [Fact]
    public void A_pause_beats_a_single_quieter_frame()
    {
        byte[] loudness = [.. Enumerable.Repeat((byte)200, 960)];
        loudness[470] = 0; // the closure of a plosive
        loudness.AsSpan(500, 12).Fill(40);
        Assert.InRange(SegmentPlan.Cut(960, TwentySeconds, loudness)[1].Frames.First, 504, 507);
    }

    [Fact]
    public void In_a_long_silence_the_cut_stays_even()
    {
        byte[] loudness = [.. Enumerable.Repeat((byte)200, 960)];
        loudness.AsSpan(440, 80).Clear();
        Assert.Equal(480, SegmentPlan.Cut(960, TwentySeconds, loudness)[1].Frames.First);
    }

    [Fact]
    public void A_short_recording_is_one_segment_without_borders()
    {
        PlannedSegment only = Assert.Single(SegmentPlan.Cut(5, TwentySeconds, [1, 2, 3, 4, 5]));
        Assert.Equal((new FrameRange(0, 5), new FrameRange(0, 5), new FrameRange(0, 5)), (only.Frames, only.Interior, only.Rendered));
    }

    [Fact]
    public void Loudness_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentPlan.Cut(100, TwentySeconds, new byte[99]));

    private static byte[] Loudness(long frameCount)
    {
        byte[] loudness = new byte[frameCount];
        for (long frame = 0; frame < frameCount; frame++)
            loudness[frame] = (byte)Philox.Block((uint)frame, 0, 0, 0, 7).X0;
        return loudness;
    }

    private static void ForAllPlans(Action<long, SegmentPlanOptions, IReadOnlyList<PlannedSegment>> check) =>
        Prop.ForAll<PositiveInt, PositiveInt, NonNegativeInt>((frameCount, nominal, more) =>
        {
            // Small numbers meet the corners, the factor reaches longer timelines.
            long frames = frameCount.Get * (1 + (more.Get % 7));
            SegmentPlanOptions options = new() { NominalFrames = nominal.Get, SearchFrames = more.Get % 50, BorderFrames = more.Get % 11 };
            check(frames, options, SegmentPlan.Cut(frames, options, Loudness(frames)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(300));
}
