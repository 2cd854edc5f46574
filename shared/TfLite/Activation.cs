using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>Activations that TFLite fuses into another operation, and the ones that stand alone.</summary>
internal static class Activation
{
    private const int None = 0;
    private const int Relu = 1;
    private const int Relu6 = 3;

    /// <summary>Applies the fused activation of an operation to its result and defines the operation's output.</summary>
    public static void Finish(OperatorConversion step, Layout layout, string result, int fused)
    {
        string activated = fused switch
        {
            None => result,
            Relu => step.Conversion.Graph.Add("Relu", [result]),
            Relu6 => Clip6(step.Conversion, result),
            _ => throw step.Conversion.Unsupported($"it uses the fused activation {fused}"),
        };
        step.Conversion.Define(step.Output, layout, activated);
    }

    public static string Clip6(Conversion conversion, string value) => conversion.Graph.Add(
        "Clip", [value, conversion.Initializer("zero", [], [0f]), conversion.Initializer("six", [], [6f])]);

    /// <summary>An operation on single elements does not care for the order of axes.</summary>
    public static void Convert(OperatorConversion step)
    {
        Layout layout = step.Conversion.LayoutOf(step.Input(0));
        string input = step.InputAs(0, layout);
        Graph graph = step.Conversion.Graph;
        string result = step.Operation switch
        {
            TfLiteOperation.Relu => graph.Add("Relu", [input]),
            TfLiteOperation.Relu6 => Clip6(step.Conversion, input),
            TfLiteOperation.Logistic => graph.Add("Sigmoid", [input]),
            TfLiteOperation.HardSwish => graph.Add("HardSwish", [input]),
            _ => throw new InvalidOperationException($"{step.Operation} is not an activation."),
        };
        step.Conversion.Define(step.Output, layout, result);
    }

    /// <summary>Slopes per channel (1, 1, C) become (1, C, 1, 1), which broadcasts over height and width.</summary>
    public static void ConvertPRelu(OperatorConversion step)
    {
        step.InputShape(0, 4);
        string input = step.InputAs(0, Layout.Nchw);
        step.Conversion.Constant(step.Input(1));
        string slopes = step.InputAs(1, Layout.Nchw);
        step.Conversion.Define(step.Output, Layout.Nchw, step.Conversion.Graph.Add("PRelu", [input, slopes]));
    }
}
