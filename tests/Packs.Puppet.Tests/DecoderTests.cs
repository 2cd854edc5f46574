using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Motion;
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
