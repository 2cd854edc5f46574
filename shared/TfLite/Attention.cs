using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>
/// The three custom operations of the attention mesh: where on the feature map a part of the face lies, cut that part out
/// upright, and bring the landmarks found in the cut-out back.
/// </summary>
internal static class Attention
{
    /// <summary>
    /// Landmarks (1, K, 3) in feature-map pixels → matrix (1, 4, 4) from cut-out pixels to feature-map pixels. The cut-out is the
    /// box of the chosen landmarks in the frame whose x axis runs from the left to the right rotation landmark, enlarged.
    /// </summary>
    public static void ConvertLandmarksToMatrix(OperatorConversion step)
    {
        FlexMap options = step.CustomOptions();
        (int width, int height) = CutOut(step, options);
        Conversion c = step.Conversion;
        Graph graph = c.Graph;
        int landmarks = step.InputShape(0, 3)[1];
        string all = step.InputAs(0, Layout.Plain);
        long[] subset = options.Ints("subset_idxs");
        long left = options.Int("left_rotation_idx");
        long right = options.Int("right_rotation_idx");
        step.Require(subset.Append(left).Append(right).All(i => i >= 0 && i < landmarks), "refers to a landmark that does not exist");

        // (c, s): the unit vector from left to right. No angle is needed.
        string from = Point(graph, all, c.Initializer("left", left));
        string to = Point(graph, all, c.Initializer("right", right));
        string direction = graph.Add("Sub", [XY(c, to), XY(c, from)]);
        string unit = graph.Add("Div", [direction, graph.Add("ReduceL2", [direction], Attr.Ints("axes", 2))]);
        (string cos, string sin) = Split(c, unit);

        // The box in the turned frame.
        (string x, string y) = Split(c, XY(c, Point(graph, all, c.Initializer("subset", subset))));
        string turnedX = graph.Add("Add", [graph.Add("Mul", [cos, x]), graph.Add("Mul", [sin, y])]);
        string turnedY = graph.Add("Sub", [graph.Add("Mul", [cos, y]), graph.Add("Mul", [sin, x])]);
        (string midX, string sizeX) = MiddleAndSize(c, turnedX);
        (string midY, string sizeY) = MiddleAndSize(c, turnedY);
        string centreX = graph.Add("Sub", [graph.Add("Mul", [cos, midX]), graph.Add("Mul", [sin, midY])]);
        string centreY = graph.Add("Add", [graph.Add("Mul", [sin, midX]), graph.Add("Mul", [cos, midY])]);

        // Feature-map pixels per cut-out pixel, then the columns of the matrix.
        string scaleX = graph.Add("Mul", [sizeX, Scalar(c, options.Float("scale_x") / width)]);
        string scaleY = graph.Add("Mul", [sizeY, Scalar(c, options.Float("scale_y") / height)]);
        string xx = graph.Add("Mul", [cos, scaleX]);
        string xy = graph.Add("Neg", [graph.Add("Mul", [sin, scaleY])]);
        string yx = graph.Add("Mul", [sin, scaleX]);
        string yy = graph.Add("Mul", [cos, scaleY]);
        string shiftX = Shift(c, centreX, xx, xy, width, height);
        string shiftY = Shift(c, centreY, yx, yy, width, height);
        string zero = Scalar(c, 0);
        string one = Scalar(c, 1);
        string flat = graph.Add(
            "Concat", [xx, xy, zero, shiftX, yx, yy, zero, shiftY, zero, zero, one, zero, zero, zero, zero, one], Attr.Int("axis", 2));
        c.Define(step.Output, Layout.Plain, graph.Add("Reshape", [flat, c.Initializer("shape", 1, 4, 4)]));
    }

    /// <summary>Cell (i, j) is the feature map at matrix · (j + ½, i + ½) in pixel coordinates with centres at ½; zero outside.</summary>
    public static void ConvertTransformTensor(OperatorConversion step)
    {
        (int width, int height) = CutOut(step, step.CustomOptions());
        Conversion c = step.Conversion;
        Graph graph = c.Graph;
        IReadOnlyList<int> features = step.InputShape(0, 4);
        step.InputShape(1, 3);
        int cells = width * height;
        float[] positions = new float[4 * cells];
        for (int cell = 0; cell < cells; cell++)
        {
            positions[cell] = (cell % width) + 0.5f;
            positions[cells + cell] = (cell / width) + 0.5f;
            positions[(3 * cells) + cell] = 1;
        }

        string moved = graph.Add("MatMul", [step.InputAs(1, Layout.Plain), c.Initializer("cells", [4, cells], positions)]);
        string xy = Slice(c, moved, axis: 1, 0, 2);
        // GridSample counts from -1 at the outer edge of the first pixel to 1 at that of the last.
        string scaled = graph.Add("Mul", [xy, c.Initializer("extent", [1, 2, 1], [2f / features[2], 2f / features[1]])]);
        string grid = graph.Add("Transpose", [graph.Add("Sub", [scaled, Scalar(c, 1)])], Attr.Ints("perm", 0, 2, 1));
        string shaped = graph.Add("Reshape", [grid, c.Initializer("shape", 1, height, width, 2)]);
        string result = graph.Add(
            "GridSample", [step.InputAs(0, Layout.Nchw), shaped], Attr.Text("mode", "bilinear"), Attr.Text("padding_mode", "zeros"),
            Attr.Int("align_corners", 0));
        c.Define(step.Output, Layout.Nchw, result);
    }

    /// <summary>Landmarks (1, K, 2) in cut-out pixels → the same through the matrix.</summary>
    public static void ConvertTransformLandmarks(OperatorConversion step)
    {
        Conversion c = step.Conversion;
        step.Require(step.InputShape(0, 3)[2] == 2, "has landmarks that are not pairs");
        step.InputShape(1, 3);
        string rows = Slice(c, step.InputAs(1, Layout.Plain), axis: 1, 0, 2);
        string turn = c.Graph.Add("Transpose", [Slice(c, rows, axis: 2, 0, 2)], Attr.Ints("perm", 0, 2, 1));
        string shift = c.Graph.Add("Transpose", [Slice(c, rows, axis: 2, 3, 4)], Attr.Ints("perm", 0, 2, 1));
        string turned = c.Graph.Add("MatMul", [step.InputAs(0, Layout.Plain), turn]);
        c.Define(step.Output, Layout.Plain, c.Graph.Add("Add", [turned, shift]));
    }

    private static (int Width, int Height) CutOut(OperatorConversion step, FlexMap options)
    {
        (int width, int height) = (options.Int("output_width"), options.Int("output_height"));
        step.Require(width is > 0 and <= 256 && height is > 0 and <= 256, $"cuts out {width}x{height} cells");
        return (width, height);
    }

    private static string Point(Graph graph, string landmarks, string indices) =>
        graph.Add("Gather", [landmarks, indices], Attr.Int("axis", 1));

    private static string XY(Conversion c, string points) => Slice(c, points, axis: 2, 0, 2);

    private static (string X, string Y) Split(Conversion c, string xy) => (Slice(c, xy, axis: 2, 0, 1), Slice(c, xy, axis: 2, 1, 2));

    private static (string Middle, string Size) MiddleAndSize(Conversion c, string coordinates)
    {
        string smallest = c.Graph.Add("ReduceMin", [coordinates], Attr.Ints("axes", 1));
        string largest = c.Graph.Add("ReduceMax", [coordinates], Attr.Ints("axes", 1));
        string middle = c.Graph.Add("Mul", [c.Graph.Add("Add", [smallest, largest]), Scalar(c, 0.5f)]);
        return (middle, c.Graph.Add("Sub", [largest, smallest]));
    }

    /// <summary>Brings the middle of the cut-out to the centre: centre − perX · width/2 − perY · height/2.</summary>
    private static string Shift(Conversion c, string centre, string perX, string perY, int width, int height)
    {
        string offset = c.Graph.Add(
            "Add", [c.Graph.Add("Mul", [perX, Scalar(c, width / 2f)]), c.Graph.Add("Mul", [perY, Scalar(c, height / 2f)])]);
        return c.Graph.Add("Sub", [centre, offset]);
    }

    private static string Slice(Conversion c, string value, int axis, long from, long to) => c.Graph.Add(
        "Slice", [value, c.Initializer("from", from), c.Initializer("to", to), c.Initializer("axis", axis)]);

    private static string Scalar(Conversion c, float value) => c.Initializer("scalar", [1, 1, 1], [value]);
}
