using RenderFarm.TestSupport;

namespace RenderFarm.TfLite.Tests;

/// <summary>The three custom operations of the attention mesh, against their formulas with an angle instead of a unit vector.</summary>
public sealed class AttentionTests
{
    private const int OutputWidth = 7;
    private const int OutputHeight = 5;

    private static readonly float[] Landmarks =
    [
        2, 3, 9,
        8, 5, 9,
        4, 1, 9,
        6, 9, 9,
    ];

    [RequiresFact(Needs.Packages)]
    public void The_matrix_maps_the_cut_out_onto_the_turned_enlarged_box_of_the_landmarks()
    {
        NetworkDraft net = new();
        net.Custom("Landmarks2TransformMatrix", [net.Input("x", 1, 4, 3)], net.Output("y", 1, 4, 4), Networks.AttentionOptions());
        float[] m = Execution.Run(net, Landmarks);

        // Landmark 0 to landmark 1 is the x axis. Points in the box's frame, relative to its centre:
        double angle = Math.Atan2(2, 6);
        (double sin, double cos) = Math.SinCos(angle);
        (double X, double Y)[] turned = [.. Enumerable.Range(0, 4).Select(i => Turn(Landmarks[3 * i], Landmarks[(3 * i) + 1], cos, -sin))];
        (double left, double right) = (turned.Min(p => p.X), turned.Max(p => p.X));
        (double top, double bottom) = (turned.Min(p => p.Y), turned.Max(p => p.Y));
        foreach ((float x, float y) in new[] { (0f, 0f), (OutputWidth, 0f), (0f, OutputHeight), (3.5f, 2.5f), (1f, 4f) })
        {
            double u = ((left + right) / 2) + (((x / OutputWidth) - 0.5) * 1.5 * (right - left));
            double v = ((top + bottom) / 2) + (((y / OutputHeight) - 0.5) * 1.25 * (bottom - top));
            (double expectedX, double expectedY) = Turn(u, v, cos, sin);
            Assert.Equal(expectedX, (m[0] * x) + (m[1] * y) + m[3], 1e-4);
            Assert.Equal(expectedY, (m[4] * x) + (m[5] * y) + m[7], 1e-4);
        }

        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 1], m[8..]);
        Assert.Equal((0, 0), (m[2], m[6]));
    }

    [RequiresFact(Needs.Packages)]
    public void A_cut_out_samples_the_features_through_the_matrix_and_is_zero_outside()
    {
        Map features = Map.Random(1, 6, 8, 3);
        float[] matrix = [1.1f, -0.4f, 0, 1.2f, 0.4f, 1.1f, 0, -1.5f, 0, 0, 1, 0, 0, 0, 0, 1];
        NetworkDraft net = new();
        net.Custom(
            "TransformTensorBilinear", [net.Input("x", features.Shape), net.Input("m", 1, 4, 4)], net.Output("y", 1, OutputHeight, OutputWidth, 3),
            FlexDraft.Write(("output_width", OutputWidth), ("output_height", OutputHeight)));
        Map expected = Map.Compute(OutputHeight, OutputWidth, 3, (i, j, c) => Reference.Bilinear(
            (matrix[4] * (j + 0.5f)) + (matrix[5] * (i + 0.5f)) + matrix[7] - 0.5f,
            (matrix[0] * (j + 0.5f)) + (matrix[1] * (i + 0.5f)) + matrix[3] - 0.5f,
            (y, x) => y >= 0 && x >= 0 && y < features.Height && x < features.Width ? features[y, x, c] : 0));
        Assert.Contains(0f, expected.Data); // some of it lies outside
        Numbers.AssertClose(expected.Data, Execution.Run(net, features.Data, matrix));
    }

    [RequiresFact(Needs.Packages)]
    public void Landmarks_go_through_the_matrix()
    {
        float[] matrix = [1, 2, 0, 3, 4, 5, 0, 6, 0, 0, 1, 0, 0, 0, 0, 1];
        NetworkDraft net = new();
        net.Custom("TransformLandmarks", [net.Input("x", 1, 2, 2), net.Input("m", 1, 4, 4)], net.Output("y", 1, 2, 2), []);
        Numbers.AssertClose([1 + 4 + 3, 4 + 10 + 6, -1 + 3, -4 + 6], Execution.Run(net, [1, 2, -1, 0], matrix));
    }

    private static (double X, double Y) Turn(double x, double y, double cos, double sin) => ((x * cos) - (y * sin), (x * sin) + (y * cos));
}
