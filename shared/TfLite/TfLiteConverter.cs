using RenderFarm.Failures;
using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>
/// Converts the vocabulary of MediaPipe's float networks to ONNX operator set 17. Inputs and outputs keep TFLite's names, shapes
/// and order of axes (channels last); inside, pictures have channels first, as ONNX convolutions want them.
/// </summary>
public static class TfLiteConverter
{
    /// <summary>Changes whenever the same network converts to another graph.</summary>
    public const int Version = 1;

    /// <exception cref="PermanentException">The network contradicts itself or uses something outside the vocabulary.</exception>
    public static OnnxModel ToOnnx(TfLiteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Conversion conversion = new(model);
        foreach (int input in model.Inputs)
            DefineInput(conversion, model.Tensors[input], input);
        foreach (TfLiteOperator step in model.Operators)
            Convert(new OperatorConversion(conversion, step));
        foreach (int output in model.Outputs)
            DefineOutput(conversion, model.Tensors[output], output);
        return new OnnxModel(conversion.Graph) { ProducerVersion = $"TfLite {Version}" };
    }

    private static void Convert(OperatorConversion step)
    {
        switch (step.Operation)
        {
            case TfLiteOperation.Dequantize:
                Shapes.ConvertDequantize(step);
                break;
            case TfLiteOperation.Conv2D:
                Convolutions.Convert(step);
                break;
            case TfLiteOperation.DepthwiseConv2D:
                Convolutions.ConvertDepthwise(step);
                break;
            case TfLiteOperation.MaxPool2D or TfLiteOperation.AveragePool2D:
                Convolutions.ConvertPool(step);
                break;
            case TfLiteOperation.FullyConnected:
                Convolutions.ConvertFullyConnected(step);
                break;
            case TfLiteOperation.Add or TfLiteOperation.Mul:
                Arithmetic.Convert(step);
                break;
            case TfLiteOperation.Mean:
                Arithmetic.ConvertMean(step);
                break;
            case TfLiteOperation.Relu or TfLiteOperation.Relu6 or TfLiteOperation.Logistic or TfLiteOperation.HardSwish:
                Activation.Convert(step);
                break;
            case TfLiteOperation.PRelu:
                Activation.ConvertPRelu(step);
                break;
            case TfLiteOperation.Reshape:
                Shapes.ConvertReshape(step);
                break;
            case TfLiteOperation.Concatenation:
                Shapes.ConvertConcatenation(step);
                break;
            case TfLiteOperation.Pad:
                Shapes.ConvertPad(step);
                break;
            case TfLiteOperation.ResizeBilinear:
                Shapes.ConvertResize(step);
                break;
            case TfLiteOperation.StridedSlice:
                Shapes.ConvertStridedSlice(step);
                break;
            case TfLiteOperation.Custom:
                ConvertCustom(step);
                break;
            default:
                throw step.Conversion.Unsupported($"it uses operation {(int)step.Operation}");
        }
    }

    private static void ConvertCustom(OperatorConversion step)
    {
        switch (step.CustomName)
        {
            case "Landmarks2TransformMatrix":
                Attention.ConvertLandmarksToMatrix(step);
                break;
            case "TransformTensorBilinear":
                Attention.ConvertTransformTensor(step);
                break;
            case "TransformLandmarks":
                Attention.ConvertTransformLandmarks(step);
                break;
            case "Convolution2DTransposeBias":
                Convolutions.ConvertTransposed(step);
                break;
            default:
                throw step.Conversion.Unsupported($"it uses the custom operation {Quoted.Name(step.CustomName)}");
        }
    }

    private static void DefineInput(Conversion conversion, TfLiteTensor tensor, int index)
    {
        RequireFreeName(conversion, tensor);
        string name = conversion.Graph.AddInput(tensor.Name, OnnxElementType.Float, Dimensions(tensor));
        conversion.Define(index, Layout.Plain, name);
    }

    private static void DefineOutput(Conversion conversion, TfLiteTensor tensor, int index)
    {
        string value = conversion.Value(index, Layout.Plain);
        RequireFreeName(conversion, tensor);
        conversion.Graph.Add(new Node { OpType = "Identity", Inputs = [value], Outputs = [tensor.Name] });
        conversion.Graph.AddOutput(tensor.Name, OnnxElementType.Float, Dimensions(tensor));
    }

    private static void RequireFreeName(Conversion conversion, TfLiteTensor tensor)
    {
        if (tensor.Type != TfLiteElementType.Float32)
            throw conversion.Unsupported($"an input or output has elements of type {(int)tensor.Type}");
        if (conversion.Graph.IsDefined(tensor.Name))
            throw conversion.Damaged($"the name of an input or output is empty or taken");
    }

    private static Dimension[] Dimensions(TfLiteTensor tensor) => [.. tensor.Shape.Select(size => Dimension.Of(size))];
}
