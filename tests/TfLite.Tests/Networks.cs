namespace RenderFarm.TfLite.Tests;

/// <summary>Small networks that tests share.</summary>
internal static class Networks
{
    /// <summary>Every operation the converter knows, in a chain that fits together.</summary>
    public static byte[] WithEveryOperation()
    {
        NetworkDraft net = new();
        int image = net.Input("image", 1, 8, 8, 3);
        int conv = net.Tensor("conv", [1, 4, 4, 4]);
        net.Operator(
            TfLiteOperation.Conv2D, [image, net.Halves(Ramp(4 * 3 * 3 * 3), 4, 3, 3, 3), net.Halves(Ramp(4), 4)], conv,
            new FlatDraft { [1] = 2, [2] = 2, [3] = (byte)3 });
        int slopes = net.Tensor("slopes", [1, 4, 4, 4]);
        net.Operator(TfLiteOperation.PRelu, [conv, net.Halves(Ramp(4), 1, 1, 4)], slopes);
        int depthwise = net.Tensor("depthwise", [1, 4, 4, 4]);
        net.Operator(
            TfLiteOperation.DepthwiseConv2D, [slopes, net.Floats(Ramp(36), 1, 3, 3, 4), net.Floats(Ramp(4), 4)], depthwise,
            new FlatDraft { [1] = 1, [2] = 1, [3] = 1 });
        int sum = net.Tensor("sum", [1, 4, 4, 4]);
        net.Operator(TfLiteOperation.Add, [depthwise, slopes], sum);
        int six = Unary(net, TfLiteOperation.Relu6, Unary(net, TfLiteOperation.Relu, sum));
        int swish = Unary(net, TfLiteOperation.HardSwish, six);
        int average = net.Tensor("average", [1, 1, 1, 4]);
        net.Operator(TfLiteOperation.AveragePool2D, [swish], average, new FlatDraft { [0] = (byte)1, [1] = 4, [2] = 4, [3] = 4, [4] = 4 });
        int weighted = net.Tensor("weighted", [1, 4, 4, 4]);
        net.Operator(TfLiteOperation.Mul, [swish, average], weighted, new FlatDraft());
        int pooled = net.Tensor("pooled", [1, 2, 2, 4]);
        net.Operator(TfLiteOperation.MaxPool2D, [weighted], pooled, new FlatDraft { [1] = 2, [2] = 2, [3] = 2, [4] = 2 });
        int padded = net.Tensor("padded", [1, 2, 2, 6]);
        net.Operator(TfLiteOperation.Pad, [pooled, net.Constant([0, 0, 0, 0, 0, 0, 0, 2], TfLiteElementType.Int32, 4, 2)], padded);
        int resized = net.Tensor("resized", [1, 4, 4, 6]);
        net.Operator(TfLiteOperation.ResizeBilinear, [padded, net.Ints(4, 4)], resized, new FlatDraft { [3] = (byte)1 });
        int transposed = net.Tensor("transposed", [1, 8, 8, 2]);
        net.Custom(
            "Convolution2DTransposeBias", [resized, net.Floats(Ramp(48), 2, 2, 2, 6), net.Floats(Ramp(2), 2)], transposed,
            [1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
        int mean = net.Tensor("mean", [1, 2]);
        net.Operator(TfLiteOperation.Mean, [transposed, net.Ints(1, 2)], mean, new FlatDraft());
        int dense = net.Tensor("dense", [1, 6]);
        net.Operator(TfLiteOperation.FullyConnected, [mean, net.Halves(Ramp(12), 6, 2), net.Halves(Ramp(6), 6)], dense, new FlatDraft());
        int points = net.Tensor("points", [1, 2, 3]);
        net.Operator(TfLiteOperation.Reshape, [dense], points, new FlatDraft());
        int doubled = net.Tensor("doubled", [1, 4, 3]);
        net.Operator(TfLiteOperation.Concatenation, [points, points], doubled, new FlatDraft { [0] = 1 });
        int matrix = net.Tensor("matrix", [1, 4, 4]);
        net.Custom("Landmarks2TransformMatrix", [doubled], matrix, AttentionOptions());
        int cut = net.Output("cut", 1, 5, 7, 2);
        net.Custom("TransformTensorBilinear", [transposed, matrix], cut, FlexDraft.Write(("output_width", 7), ("output_height", 5)));
        int pairs = net.Tensor("pairs", [1, 4, 2]);
        net.Operator(TfLiteOperation.StridedSlice, [doubled, net.Ints(0, 0, 0), net.Ints(1, 4, 2), net.Ints(1, 1, 1)], pairs, new FlatDraft());
        int moved = net.Tensor("moved", [1, 4, 2]);
        net.Custom("TransformLandmarks", [pairs, matrix], moved, []);
        net.Operator(TfLiteOperation.Logistic, [moved], net.Output("likely", 1, 4, 2));
        return net.Write();
    }

    public static byte[] AttentionOptions() => FlexDraft.Write(
        ("left_rotation_idx", 0), ("right_rotation_idx", 1), ("subset_idxs", Enumerable.Range(0, 4).ToArray()), ("output_width", 7), ("output_height", 5),
        ("scale_x", 1.5f), ("scale_y", 1.25f), ("target_rotation_radians", 0f));

    public static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 7 / 8f) - 0.25f)];

    private static int Unary(NetworkDraft net, TfLiteOperation operation, int input)
    {
        int output = net.Tensor($"{operation}", [1, 4, 4, 4]);
        net.Operator(operation, [input], output);
        return output;
    }
}
