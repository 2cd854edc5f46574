using RenderFarm.TestSupport;

namespace RenderFarm.TfLite.Tests;

/// <summary>Each operation, converted and run, against <see cref="Reference"/>.</summary>
public sealed class OperationTests
{
    private const byte Same = 0;
    private const byte Valid = 1;

    [RequiresTheory(Needs.Packages)]
    [InlineData(8, 8, 3, 3, 1, 1, true)]
    [InlineData(8, 9, 3, 3, 2, 1, true)] // even size: pads 0/1, odd size: 1/1
    [InlineData(8, 8, 5, 5, 2, 1, true)] // pads 1/2
    [InlineData(7, 6, 3, 3, 2, 1, false)]
    [InlineData(8, 8, 2, 2, 2, 1, true)]
    [InlineData(9, 9, 3, 3, 1, 2, true)]
    [InlineData(5, 6, 1, 3, 1, 1, true)]
    [InlineData(3, 3, 1, 1, 3, 1, true)] // the kernel is smaller than the stride: no pads
    public void Convolution(int height, int width, int kernelHeight, int kernelWidth, int stride, int dilation, bool same)
    {
        Map input = Map.Random(1, height, width, 3);
        float[] weights = Numbers.Random(2, 4 * kernelHeight * kernelWidth * 3);
        float[] bias = Numbers.Random(3, 4);
        Map expected = Reference.Conv(input, weights, bias, kernelHeight, kernelWidth, stride, dilation, same);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.Conv2D,
            [net.Input("x", input.Shape), net.Halves(weights, 4, kernelHeight, kernelWidth, 3), net.Halves(bias, 4)],
            net.Output("y", expected.Shape),
            new FlatDraft { [0] = same ? Same : Valid, [1] = stride, [2] = stride, [4] = dilation, [5] = dilation });
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(0, float.MinValue, float.MaxValue)]
    [InlineData(1, 0, float.MaxValue)]
    [InlineData(3, 0, 6)]
    public void Fused_activations(byte code, float smallest, float largest)
    {
        Map input = Map.Random(1, 4, 4, 4);
        float[] weights = Numbers.Random(2, 4 * 4);
        float[] bias = Numbers.Random(3, 4);
        Map plain = Reference.Conv(input, weights, bias, 1, 1, 1, 1, same: true);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.Conv2D, [net.Input("x", input.Shape), net.Floats(weights, 4, 1, 1, 4), net.Floats(bias, 4)],
            net.Output("y", plain.Shape), new FlatDraft { [1] = 1, [2] = 1, [3] = code });
        Numbers.AssertClose(Array.ConvertAll(plain.Data, v => Math.Clamp(v, smallest, largest)), Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(8, 3, 1, 1, true)]
    [InlineData(8, 5, 2, 1, true)]
    [InlineData(7, 3, 2, 2, false)]
    public void Depthwise_convolution(int size, int kernel, int stride, int multiplier, bool same)
    {
        Map input = Map.Random(1, size, size, 3);
        int channels = 3 * multiplier;
        float[] weights = Numbers.Random(2, kernel * kernel * channels);
        float[] bias = Numbers.Random(3, channels);
        Map expected = Reference.Depthwise(input, weights, bias, kernel, stride, multiplier, same);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.DepthwiseConv2D,
            [net.Input("x", input.Shape), net.Halves(weights, 1, kernel, kernel, channels), net.Halves(bias, channels)],
            net.Output("y", expected.Shape), new FlatDraft { [0] = same ? Same : Valid, [1] = stride, [2] = stride, [3] = multiplier });
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(true, 8, 2, 2, false)]
    [InlineData(true, 7, 3, 2, true)]
    [InlineData(false, 7, 3, 2, true)] // cells outside do not count
    [InlineData(false, 6, 6, 6, false)]
    public void Pools(bool largest, int size, int kernel, int stride, bool same)
    {
        Map input = Map.Random(1, size, size, 3);
        Map expected = Reference.Pool(input, kernel, stride, same, largest ? Enumerable.Max : Enumerable.Average);
        NetworkDraft net = new();
        net.Operator(
            largest ? TfLiteOperation.MaxPool2D : TfLiteOperation.AveragePool2D, [net.Input("x", input.Shape)], net.Output("y", expected.Shape),
            new FlatDraft { [0] = same ? Same : Valid, [1] = stride, [2] = stride, [3] = kernel, [4] = kernel });
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(6, 6, 12, 12)]
    [InlineData(4, 5, 7, 3)]
    public void Bilinear_resize(int height, int width, int newHeight, int newWidth)
    {
        Map input = Map.Random(1, height, width, 2);
        Map expected = Reference.Resize(input, newHeight, newWidth);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.ResizeBilinear, [net.Input("x", input.Shape), net.Ints(newHeight, newWidth)], net.Output("y", expected.Shape),
            new FlatDraft { [3] = (byte)1 });
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresFact(Needs.Packages)]
    public void Transposed_convolution_with_kernel_as_large_as_the_stride()
    {
        Map input = Map.Random(1, 3, 4, 5);
        float[] weights = Numbers.Random(2, 2 * 2 * 3 * 5);
        float[] bias = [0.5f, -1];
        Map expected = Map.Compute(
            6, 12, 2,
            (y, x, o) => bias[o] + Enumerable.Range(0, 5).Sum(c => input[y / 2, x / 3, c] * weights[(((((o * 2) + (y % 2)) * 3) + (x % 3)) * 5) + c]));
        NetworkDraft net = new();
        net.Custom(
            "Convolution2DTransposeBias", [net.Input("x", input.Shape), net.Halves(weights, 2, 2, 3, 5), net.Halves(bias, 2)],
            net.Output("y", expected.Shape), [1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0]);
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresFact(Needs.Packages)]
    public void Fully_connected()
    {
        float[] input = Numbers.Random(1, 5);
        float[] weights = Numbers.Random(2, 15);
        float[] bias = Numbers.Random(3, 3);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.FullyConnected, [net.Input("x", 1, 5), net.Halves(weights, 3, 5), net.Halves(bias, 3)], net.Output("y", 1, 3), new FlatDraft());
        float[] expected = [.. Enumerable.Range(0, 3).Select(o => bias[o] + Enumerable.Range(0, 5).Sum(i => input[i] * weights[(o * 5) + i]))];
        Numbers.AssertClose(expected, Execution.Run(net, input));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(14)]
    [InlineData(117)]
    public void Activations(int operation)
    {
        float[] input = [.. Enumerable.Range(-20, 41).Select(i => i * 0.5f)];
        float[] expected = Array.ConvertAll(input, v => (TfLiteOperation)operation switch
        {
            TfLiteOperation.Relu => Math.Max(v, 0),
            TfLiteOperation.Relu6 => Math.Clamp(v, 0, 6),
            TfLiteOperation.Logistic => 1 / (1 + MathF.Exp(-v)),
            _ => v * Math.Clamp(v + 3, 0, 6) / 6,
        });
        NetworkDraft net = new();
        net.Operator((TfLiteOperation)operation, [net.Input("x", 1, 41)], net.Output("y", 1, 41));
        Numbers.AssertClose(expected, Execution.Run(net, input));
    }

    [RequiresFact(Needs.Packages)]
    public void Slopes_per_channel()
    {
        Map input = Map.Random(1, 3, 4, 5);
        float[] slopes = Numbers.Random(2, 5);
        NetworkDraft net = new();
        net.Operator(TfLiteOperation.PRelu, [net.Input("x", input.Shape), net.Halves(slopes, 1, 1, 5)], net.Output("y", input.Shape));
        Map expected = Map.Compute(3, 4, 5, (y, x, c) => input[y, x, c] >= 0 ? input[y, x, c] : input[y, x, c] * slopes[c]);
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(true, new[] { 1, 1, 1, 5 })]
    [InlineData(false, new[] { 1, 1, 1, 5 })]
    [InlineData(true, new[] { 5 })]
    [InlineData(false, new[] { 1, 3, 4, 1 })]
    [InlineData(false, new[] { 4, 5 })]
    public void Sums_and_products_broadcast_over_pictures(bool add, int[] shape)
    {
        Map input = Map.Random(1, 3, 4, 5);
        float[] other = Numbers.Random(2, shape.Aggregate(1, (a, b) => a * b));
        int[] full = [.. Enumerable.Repeat(1, 4 - shape.Length), .. shape];
        NetworkDraft net = new();
        // The pad by nothing brings the picture into the order of axes that convolutions use.
        int picture = net.Tensor("picture", input.Shape);
        net.Operator(
            TfLiteOperation.Pad, [net.Input("x", input.Shape), net.Constant(new int[8], TfLiteElementType.Int32, 4, 2)], picture);
        net.Operator(
            add ? TfLiteOperation.Add : TfLiteOperation.Mul, [picture, net.Halves(other, shape)], net.Output("y", input.Shape), new FlatDraft());
        Map expected = Map.Compute(3, 4, 5, (y, x, c) =>
        {
            float o = other[((((full[1] == 1 ? 0 : y) * full[2]) + (full[2] == 1 ? 0 : x)) * full[3]) + (full[3] == 1 ? 0 : c)];
            return add ? input[y, x, c] + o : input[y, x, c] * o;
        });
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresTheory(Needs.Packages)]
    [InlineData(false)]
    [InlineData(true)]
    public void Mean_over_height_and_width(bool keep)
    {
        Map input = Map.Random(1, 3, 4, 5);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.Mean, [net.Input("x", input.Shape), net.Ints(1, 2)], keep ? net.Output("y", 1, 1, 1, 5) : net.Output("y", 1, 5),
            new FlatDraft { [0] = (byte)(keep ? 1 : 0) });
        float[] expected = [.. Enumerable.Range(0, 5).Select(c => Enumerable.Range(0, 12).Average(i => input[i / 4, i % 4, c]))];
        Numbers.AssertClose(expected, Execution.Run(net, input.Data));
    }

    [RequiresFact(Needs.Packages)]
    public void Padding_before_and_after_on_every_axis()
    {
        Map input = Map.Random(1, 3, 4, 5);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.Pad,
            [net.Input("x", input.Shape), net.Constant([0, 0, 1, 2, 3, 4, 5, 6], TfLiteElementType.Int32, 4, 2)], net.Output("y", 1, 6, 11, 16));
        Map expected = Map.Compute(
            6, 11, 16, (y, x, c) => y is >= 1 and < 4 && x is >= 3 and < 7 && c is >= 5 and < 10 ? input[y - 1, x - 3, c - 5] : 0);
        Numbers.AssertClose(expected.Data, Execution.Run(net, input.Data));
    }

    [RequiresFact(Needs.Packages)]
    public void Reshape_and_concatenation_work_on_channels_last()
    {
        Map input = Map.Random(1, 2, 2, 6);
        float[] other = Numbers.Random(2, 3);
        NetworkDraft net = new();
        int picture = net.Tensor("picture", input.Shape);
        net.Operator(
            TfLiteOperation.Pad, [net.Input("x", input.Shape), net.Constant(new int[8], TfLiteElementType.Int32, 4, 2)], picture);
        int rows = net.Tensor("rows", [1, 8, 3]);
        net.Operator(TfLiteOperation.Reshape, [picture], rows, new FlatDraft());
        net.Operator(TfLiteOperation.Concatenation, [rows, net.Floats(other, 1, 1, 3)], net.Output("y", 1, 9, 3), new FlatDraft { [0] = 1 });
        Numbers.AssertClose([.. input.Data, .. other], Execution.Run(net, input.Data));
    }

    [RequiresFact(Needs.Packages)]
    public void Strided_slice_with_masks()
    {
        float[] input = Numbers.Random(1, 24);
        NetworkDraft net = new();
        net.Operator(
            TfLiteOperation.StridedSlice,
            [net.Input("x", 1, 4, 6), net.Ints(0, 1, 3), net.Ints(0, 3, 5), net.Ints(1, 1, 2)], net.Output("y", 1, 2, 3),
            new FlatDraft { [0] = 0b100, [1] = 0b101 }); // last axis from its start to its end, first to its end
        float[] expected = [.. from y in Enumerable.Range(1, 2) from x in Enumerable.Range(0, 3) select input[(y * 6) + (2 * x)]];
        Numbers.AssertClose(expected, Execution.Run(net, input));
    }

    [RequiresFact(Needs.Packages)]
    public void Every_operation_fits_into_one_network_that_runs()
    {
        using OnnxRuntime.OrtSession session = Execution.Open("all", Networks.WithEveryOperation());
        Map input = Map.Random(1, 8, 8, 3);
        Dictionary<string, float[]> first = Execution.Run(session, input.Data);
        Assert.All(first.Values.SelectMany(v => v), v => Assert.True(float.IsFinite(v)));
        Assert.Contains(first["likely"], v => v is > 0 and < 1);
        Assert.Equal(first, Execution.Run(session, input.Data));
    }
}
