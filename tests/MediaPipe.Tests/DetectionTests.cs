namespace RenderFarm.MediaPipe.Tests;

public sealed class DetectionTests
{
    [Fact]
    public void Anchors_are_cell_centres_row_by_row()
    {
        (double X, double Y)[] anchors = AnchorGrid.Centres((2, 2), (1, 3));
        Assert.Equal(
            [(0.25, 0.25), (0.25, 0.25), (0.75, 0.25), (0.75, 0.25), (0.25, 0.75), (0.25, 0.75), (0.75, 0.75), (0.75, 0.75), (0.5, 0.5), (0.5, 0.5), (0.5, 0.5)],
            anchors);
    }

    [Fact]
    public void The_face_detector_has_896_anchors() => Assert.Equal(896, AnchorGrid.Centres([.. DetectorLayout.FaceShortRange.Grids]).Length);

    [Fact]
    public void A_row_is_decoded_relative_to_its_anchor()
    {
        float[] row = [10, -20, 40, 20, 5, 6];
        Detection found = Assert.Single(DetectionDecoder.Decode(row, [0], [(0.5, 0.25)], inputSize: 100, minScore: 0.5f));
        Assert.Equal(0.5f, found.Score);
        AssertBox(new Box(0.4, -0.05, 0.8, 0.15), found.Box);
        Assert.Equal(0.55, found.Keypoints[0].X, 1e-9);
        Assert.Equal(0.31, found.Keypoints[0].Y, 1e-9);
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1000)]
    [InlineData(-0.01)]
    [InlineData(float.NaN)]
    public void Rows_below_the_score_are_dropped(float logit) =>
        Assert.Empty(DetectionDecoder.Decode([0, 0, 1, 1], [logit], [(0.5, 0.5)], inputSize: 100, minScore: 0.5f));

    [Fact]
    public void Boxes_of_negative_or_no_size_are_dropped()
    {
        Assert.Empty(DetectionDecoder.Decode([0, 0, -1, 1], [9], [(0.5, 0.5)], inputSize: 100, minScore: 0.5f));
        Assert.Empty(DetectionDecoder.Decode([0, 0, 1, float.NaN], [9], [(0.5, 0.5)], inputSize: 100, minScore: 0.5f));
    }

    [Fact]
    public void Overlapping_detections_become_their_mean_weighted_by_score()
    {
        Detection strong = new(0.9f, new Box(0, 0, 1, 1), [(0.5, 0.5)]);
        Detection weak = new(0.6f, new Box(0.1, 0, 1.1, 1), [(0.6, 0.4)]);
        Detection apart = new(0.7f, new Box(3, 3, 4, 4), [(3.5, 3.5)]);
        List<Detection> kept = WeightedSuppression.Apply([weak, apart, strong], maxIou: 0.3);
        Assert.Equal(2, kept.Count);
        Assert.Equal(0.9f, kept[0].Score);
        AssertBox(new Box(0.04, 0, 1.04, 1), kept[0].Box);
        Assert.Equal(0.54, kept[0].Keypoints[0].X, 1e-6);
        Assert.Equal(0.46, kept[0].Keypoints[0].Y, 1e-6);
        AssertBox(apart.Box, kept[1].Box);
    }

    [Fact]
    public void A_detection_without_area_is_its_own_group() =>
        Assert.Single(WeightedSuppression.Apply([new Detection(1, new Box(1, 1, 1, 1), [])], maxIou: 0.3));

    [Fact]
    public void A_chain_of_overlaps_is_cut_where_it_leaves_the_best_box()
    {
        // The second overlaps the first and the third; the third does not overlap the first.
        Detection[] chain = [.. new[] { 0, 0.4, 0.8 }.Select((x, i) => new Detection(0.9f - (0.1f * i), new Box(x, 0, x + 1, 1), []))];
        Assert.Equal(2, WeightedSuppression.Apply(chain, maxIou: 0.3).Count);
    }

    private static void AssertBox(Box expected, Box actual)
    {
        Assert.Equal(expected.Left, actual.Left, 1e-6);
        Assert.Equal(expected.Top, actual.Top, 1e-6);
        Assert.Equal(expected.Right, actual.Right, 1e-6);
        Assert.Equal(expected.Bottom, actual.Bottom, 1e-6);
    }
}
