using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Motion;
using RenderFarm.Packs.Puppet.Portraits;
using RenderFarm.Packs.Puppet.Tests.Support;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.Puppet.Tests;

public class DecoderTests
{
    [SharedFact]
    public void The_vector_decoder_gives_the_bytes_of_the_plain_one()
    {
        PuppetStage[] stages = [Stages.Of("0035", 192), Stages.CloseUp("0163", 144), Stages.CloseUp("0140", 128)];
        Prop.ForAll<byte, int>((which, seed) =>
        {
            PuppetStage stage = stages[which % stages.Length];
            float[] latent = AnyLatent(new Random(seed));
            Assert.Equal(Frame(new PlainDecoder(stage).Decode, stage, latent), Frame(new RowDecoder(stage).Decode, stage, latent));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [SharedFact]
    public void Pixels_away_from_the_person_never_change()
    {
        PuppetStage stage = Stages.Of("0035", 256);
        var decoder = new RowDecoder(stage);
        int still = 0;
        for (int seed = 0; seed < 5; seed++)
        {
            byte[] frame = Frame(decoder.Decode, stage, AnyLatent(new Random(seed)));
            for (int y = 0; y < stage.Size; y++)
            {
                (int first, int end) = stage.Rows[y];
                int row = 3 * y * stage.Size;
                Assert.True(frame.AsSpan(row, 3 * first).SequenceEqual(stage.AtRestHWC.AsSpan(row, 3 * first)));
                Assert.True(frame.AsSpan(row + (3 * end), 3 * (stage.Size - end)).SequenceEqual(stage.AtRestHWC.AsSpan(row + (3 * end), 3 * (stage.Size - end))));
                still += stage.Size - (end - first);
            }
        }

        Assert.True(still > 5 * stage.Size * stage.Size / 3, $"only {still / 5} of {stage.Size * stage.Size} pixels are still");
    }

    [SharedFact]
    public void Without_motion_a_portrait_with_closed_lips_is_shown_as_it_is()
    {
        PuppetStage stage = Stages.Of("0163", 256);
        Assert.Equal(0, stage.Mouth.Parted);
        Assert.Equal(stage.AtRestHWC, Frame(new RowDecoder(stage).Decode, stage, Latents.Of()));
    }

    [SharedFact]
    public void The_portrait_at_rest_looks_like_the_portrait()
    {
        // Shrunk by plain averaging, the portrait differs from the filtered texture only in fine detail.
        RgbImage portrait = RealInputs.Portrait("0247");
        RgbImage small = AreaReduction.By(4, portrait);
        PuppetStage stage = Stages.Of("0247", 256);
        double sum = 0;
        for (int i = 0; i < small.PixelsHWC.Length; i++)
            sum += Math.Abs(small.PixelsHWC[i] - stage.AtRestHWC[i]);
        Assert.InRange(sum / small.PixelsHWC.Length, 0, 2.5);
    }

    [SharedFact]
    public void The_wider_the_mouth_the_more_of_its_inside_shows()
    {
        foreach (PuppetStage stage in new[] { Stages.CloseUp("0014", 256), Stages.CloseUp("0035", 256) })
        {
            var decoder = new RowDecoder(stage);
            byte[] shut = Frame(decoder.Decode, stage, Latents.Of());
            int before = 0;
            foreach (float open in new[] { 0.2f, 0.4f, 0.6f, 0.8f, 1f })
            {
                byte[] frame = Frame(decoder.Decode, stage, Latents.Of((MotionParameter.MouthOpen, open)));
                int changed = Enumerable.Range(0, frame.Length).Count(i => Math.Abs(frame[i] - shut[i]) > 24);
                Assert.True(changed > before, $"open {open}: {changed} after {before}");
                before = changed;
            }
        }
    }

    [SharedFact]
    public void A_blink_covers_the_eyes_and_nothing_else()
    {
        PuppetStage stage = Stages.CloseUp("0163", 256);
        byte[] closed = Frame(new RowDecoder(stage).Decode, stage, Latents.Of((MotionParameter.Blink, 1)));
        int changed = 0;
        for (int y = 0; y < stage.Size; y++)
        {
            for (int x = 0; x < stage.Size; x++)
            {
                if (stage.Get(closed, x, y) == stage.Get(stage.AtRestHWC, x, y))
                    continue;
                Assert.Contains(stage.Eyes, eye => stage.RunOf(eye.Box, y) is var run && x >= run.First && x < run.End);
                changed++;
            }
        }

        Assert.True(changed > 300, $"{changed} pixels changed");
    }

    private delegate void Decode(ReadOnlySpan<float> latentL, Span<byte> frameHWC);

    private static byte[] Frame(Decode decode, PuppetStage stage, float[] latent)
    {
        byte[] frame = new byte[stage.Size * stage.Size * 3];
        decode(latent, frame);
        return frame;
    }

    /// <summary>Twice as wild as the limits of a face, and once in a while not a number.</summary>
    private static float[] AnyLatent(Random random)
    {
        float[] latent = new float[MotionParameter.Count];
        for (int i = 0; i < latent.Length; i++)
            latent[i] = random.Next(20) == 0 ? float.NaN : ((2 * random.NextSingle()) - 1) * 12 * MotionParameter.Scale(i) * random.NextSingle();
        return latent;
    }
}
