using RenderFarm.Contracts;
using RenderFarm.Diffusion;
using RenderFarm.Failures;
using RenderFarm.Worker.Segments;

namespace RenderFarm.Worker.Tests;

public sealed class FrameCheckTests
{
    private const int FrameBytes = 48;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_black_frame_is_refused_with_its_number(byte value)
    {
        using DenoisedFrames latents = Latents.Of(new(100, 130), frame => frame);
        FrameCheck check = new(latents, FrameBytes);
        check.Accept(100, Picture(50));
        Assert.Equal(
            "The model produced a black picture at frame 101.",
            Assert.Throws<PermanentException>(() => check.Accept(101, Picture(value))).Message);
    }

    [Fact]
    public void A_dark_picture_is_no_black_one()
    {
        using DenoisedFrames latents = Latents.Of(new(0, 30), frame => frame);
        FrameCheck check = new(latents, FrameBytes);
        byte[] dark = Picture(0);
        dark[7] = 5;
        check.Accept(0, dark);
    }

    [Theory]
    [InlineData(30, true, false, true)]
    [InlineData(23, true, false, false)] // too short to judge
    [InlineData(30, false, false, false)] // the latents stand still, so the picture may
    [InlineData(30, true, true, false)]
    public void One_picture_for_a_whole_segment_is_refused_only_when_the_latents_moved(int frameCount, bool latentsMove, bool pictureMoves, bool refused)
    {
        FrameRange frames = new(10, 10 + frameCount);
        using DenoisedFrames latents = Latents.Of(frames, frame => latentsMove ? frame : 1);
        FrameCheck check = new(latents, FrameBytes);
        for (long frame = frames.First; frame < frames.End; frame++)
            check.Accept(frame, Picture((byte)(pictureMoves && frame == frames.End - 1 ? 60 : 50)));
        Exception? failure = Record.Exception(check.Finish);
        Assert.Equal(refused, failure is PermanentException);
    }

    private static byte[] Picture(byte value)
    {
        byte[] rgb = new byte[FrameBytes];
        Array.Fill(rgb, value);
        return rgb;
    }
}
