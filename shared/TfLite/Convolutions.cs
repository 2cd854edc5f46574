using System.Buffers.Binary;
using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>Convolutions, pools and the fully connected layer.</summary>
internal static class Convolutions
{
    private static readonly int[] OhwiToOihw = [0, 3, 1, 2];
    private static readonly int[] OhwiToIohw = [3, 0, 1, 2];

    /// <summary>1×H×W×C: the channel is both input and output.</summary>
    private static readonly int[] DepthwiseToOihw = [3, 0, 1, 2];

    public static void Convert(OperatorConversion step)
    {
        IReadOnlyList<int> kernel = step.InputShape(1, 4);
        Window window = new()
        {
            Kernel = (kernel[1], kernel[2]),
            Padding = step.ByteOption(0),
            Stride = (step.Option(2), step.Option(1)),
            Dilation = (step.Option(5, 1), step.Option(4, 1)),
        };
        Emit(step, window, OhwiToOihw, groups: 1, activation: step.ByteOption(3));
    }

    public static void ConvertDepthwise(OperatorConversion step)
    {
        IReadOnlyList<int> kernel = step.InputShape(1, 4);
        Window window = new()
        {
            Kernel = (kernel[1], kernel[2]),
            Padding = step.ByteOption(0),
            Stride = (step.Option(2), step.Option(1)),
            Dilation = (step.Option(6, 1), step.Option(5, 1)),
        };
        Emit(step, window, DepthwiseToOihw, groups: step.InputShape(0, 4)[3], activation: step.ByteOption(4));
    }

    public static void ConvertPool(OperatorConversion step)
    {
        IReadOnlyList<int> input = step.InputShape(0, 4);
        Window window = new()
        {
            Kernel = (step.Option(4), step.Option(3)),
            Padding = step.ByteOption(0),
            Stride = (step.Option(2), step.Option(1)),
        };
        // Both pools leave padded cells out: ONNX's average does so by default.
        string result = step.Conversion.Graph.Add(
            step.Operation == TfLiteOperation.MaxPool2D ? "MaxPool" : "AveragePool",
            [step.InputAs(0, Layout.Nchw)],
            window.PoolAttributes(step, input[1], input[2]));
        Activation.Finish(step, Layout.Nchw, result, step.ByteOption(5));
    }

    public static void ConvertFullyConnected(OperatorConversion step)
    {
        step.InputShape(0, 2);
        step.InputShape(1, 2);
        List<string> inputs = [step.InputAs(0, Layout.Plain), step.InputAs(1, Layout.Plain)];
        if (step.HasInput(2))
            inputs.Add(step.InputAs(2, Layout.Plain));
        string result = step.Conversion.Graph.Add("Gemm", inputs, Attr.Int("transB", 1));
        Activation.Finish(step, Layout.Plain, result, step.ByteOption(0));
    }

    /// <summary>MediaPipe's transposed convolution: three int32 of options are padding, stride width and stride height.</summary>
    public static void ConvertTransposed(OperatorConversion step)
    {
        ReadOnlySpan<byte> options = step.RawCustomOptions.Span;
        step.Require(options.Length >= 12, "lacks its parameters");
        int strideWidth = BinaryPrimitives.ReadInt32LittleEndian(options[4..]);
        int strideHeight = BinaryPrimitives.ReadInt32LittleEndian(options[8..]);
        IReadOnlyList<int> kernel = step.InputShape(1, 4);
        // Where tiles neither overlap nor leave gaps, no padding scheme changes anything.
        step.Require(kernel[1] == strideHeight && kernel[2] == strideWidth, "has a kernel that is not as large as its stride");
        step.InputShape(0, 4);
        string result = step.Conversion.Graph.Add(
            "ConvTranspose",
            [step.InputAs(0, Layout.Nchw), Weights(step, OhwiToIohw), step.InputAs(2, Layout.Plain)],
            Attr.Ints("kernel_shape", kernel[1], kernel[2]),
            Attr.Ints("strides", strideHeight, strideWidth));
        step.Conversion.Define(step.Output, Layout.Nchw, result);
    }

    private static void Emit(OperatorConversion step, Window window, int[] order, int groups, int activation)
    {
        IReadOnlyList<int> input = step.InputShape(0, 4);
        List<string> inputs = [step.InputAs(0, Layout.Nchw), Weights(step, order)];
        if (step.HasInput(2))
            inputs.Add(step.InputAs(2, Layout.Plain));
        string result = step.Conversion.Graph.Add(
            "Conv", inputs, [.. window.ConvolutionAttributes(step, input[1], input[2]), Attr.Int("group", groups)]);
        Activation.Finish(step, Layout.Nchw, result, activation);
    }

    private static string Weights(OperatorConversion step, int[] order)
    {
        IReadOnlyList<int> shape = step.InputShape(1, 4);
        float[] weights = Axes.Permute(step.Conversion.Floats(step.Input(1)), shape, order);
        return step.Conversion.Initializer("weights", Conversion.Longs(Axes.Permute(shape, order)), weights);
    }
}
