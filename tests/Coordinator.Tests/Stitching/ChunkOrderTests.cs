using RenderFarm.Coordinator.Stitching;

namespace RenderFarm.Coordinator.Tests.Stitching;

public sealed class ChunkOrderTests
{
    [Fact]
    public void Borders_lie_between_interiors() =>
        Assert.Equal(["i0", "b0", "i1", "b1", "i2"], ChunkOrder.Of(["i0", "i1", "i2"], new Dictionary<int, string> { [0] = "b0", [1] = "b1" }));

    [Fact]
    public void One_segment_is_one_chunk() => Assert.Equal(["i0"], ChunkOrder.Of(["i0"], new Dictionary<int, string>()));

    [Fact]
    public void A_segment_that_is_all_border_has_no_chunk_of_its_own() =>
        Assert.Equal(["i0", "b0", "b1", "i2"], ChunkOrder.Of(["i0", null, "i2"], new Dictionary<int, string> { [0] = "b0", [1] = "b1" }));
}
