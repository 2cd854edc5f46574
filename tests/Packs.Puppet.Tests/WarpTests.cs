using System.Numerics;
using RenderFarm.Contracts;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

public class WarpTests
{
    [SharedFact]
    public void The_lips_part_steadily_and_meet_when_shut()
    {
        foreach (PuppetStage stage in new[] { Stages.Of("0014", 512), Stages.Of("0035", 512), Stages.Of("0204", 512) })
        {
            var pose = new MouthPose(stage.Mouth);
            int middle = stage.Mouth.ColumnCount / 2;
            float before = -1;
            for (int step = 0; step <= 20; step++)
            {
                pose.Set(step / 20f, 0);
                float gap = pose.LowerEdge(middle) - pose.UpperEdge(middle);
                Assert.True(gap > before, $"{gap} after {before}");
                before = gap;
                if (step == 0)
                    Assert.All(Enumerable.Range(0, stage.Mouth.ColumnCount), column => Assert.Equal(0, pose.LowerEdge(column) - pose.UpperEdge(column), 1e-3));
            }

            Assert.Equal(0.62f * stage.Mouth.HalfMouth, before, 0.01f);
        }
    }

    [SharedFact]
    public void Nothing_folds_above_the_lips_or_below_them()
    {
        MouthField field = Stages.CloseUp("0035", 512).Mouth;
        var pose = new MouthPose(field);
        foreach (float open in new[] { 0, 0.5f, 1.2f })
        {
            pose.Set(open, 0.5f);
            for (int column = 0; column < field.ColumnCount; column += 40)
            {
                float previous = float.NegativeInfinity;
                for (float y = -60; y < 200; y += 0.5f)
                {
                    float source = pose.SourceY(column, y);
                    Assert.True(source >= previous - 1e-3f, $"open {open}, column {column}, y {y}: {source} after {previous}");
                    previous = source;
                }
            }
        }
    }

    [SharedFact]
    public void Far_from_the_mouth_the_mouth_moves_nothing()
    {
        MouthField field = Stages.CloseUp("0163", 512).Mouth;
        var pose = new MouthPose(field);
        pose.Set(1, -1);
        (int left, int top, int right, int bottom) = field.Box;
        foreach (Vector2 place in new[] { new Vector2(left, top), new(right, top), new(left, bottom), new(right, bottom), new((left + right) / 2f, bottom) })
            Assert.True(Vector2.Distance(place, pose.Source(place)) < 0.01f, $"{place} reads {pose.Source(place)}");
    }

    [SharedFact]
    public void The_warp_of_the_head_never_folds_even_at_its_limits()
    {
        PuppetStage stage = Stages.Of("0035", 256);
        var motion = new FrameMotion(
            Latents.Of((MotionParameter.HeadYaw, 9), (MotionParameter.HeadPitch, -9), (MotionParameter.HeadRoll, 9), (MotionParameter.HeadX, -9),
                (MotionParameter.HeadY, 9), (MotionParameter.Breath, 9), (MotionParameter.BrowRaise, 9)),
            stage.Unit);
        for (int y = 0; y < 255; y++)
        {
            for (int x = 0; x < 255; x++)
            {
                Vector2 here = HeadPlace.Of(stage.Head, x, y, motion);
                Vector2 right = HeadPlace.Of(stage.Head, x + 1, y, motion) - here;
                Vector2 down = HeadPlace.Of(stage.Head, x, y + 1, motion) - here;
                float area = (right.X * down.Y) - (right.Y * down.X);
                Assert.True(area is > 0.3f and < 2.5f, $"at {x}, {y} a pixel covers {area}");
            }
        }
    }

    [SharedFact]
    public async Task From_frame_to_frame_the_face_moves_less_than_a_pixel()
    {
        using PuppetJob job = PuppetJob.Of("0035", RealInputs.Speech("good"));
        await job.PrepareAsync();
        PuppetStage stage = Stages.Of("0035", 512);
        FrameMotion[] motions = [.. (await job.DenoiseAsync(new FrameRange(0, job.FrameCount))).Chunk(MotionParameter.Count).Select(row => new FrameMotion(row, stage.Unit))];
        for (int i = 1; i < motions.Length; i++)
        {
            for (int y = 0; y < 512; y += 8)
            {
                for (int x = 0; x < 512; x += 8)
                {
                    float moved = Vector2.Distance(HeadPlace.Of(stage.Head, x, y, motions[i - 1]), HeadPlace.Of(stage.Head, x, y, motions[i]));
                    Assert.True(moved < 1, $"frame {i} at {x}, {y}: {moved:F2} pixels");
                }
            }
        }
    }
}
