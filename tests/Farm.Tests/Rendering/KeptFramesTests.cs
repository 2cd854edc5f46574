using RenderFarm.Farm.Rendering;

namespace RenderFarm.Farm.Tests.Rendering;

public sealed class KeptFramesTests
{
    [Fact]
    public void Every_segment_gives_the_frames_of_its_last_attempt_in_order() =>
        Assert.Equal(
            ["j/segments/000000/2/frames.mov", "j/segments/000001/10/frames.mov", "j/segments/000010/1/frames.mov"],
            KeptFrames.Chunks(
                [
                    "j/segments/000010/1/frames.mov", "j/segments/000001/9/frames.mov", "j/segments/000001/10/frames.mov", "j/input/audio",
                    "j/segments/000000/2/frames.mov", "j/segments/000000/2/interior.mov", "j/segments/000000/3/segment.json",
                ],
                "j/segments/"));
}
