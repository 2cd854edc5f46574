using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>Sums and products with broadcasting, means.</summary>
internal static class Arithmetic
{
    public static void Convert(OperatorConversion step)
    {
        // Broadcasting aligns the last axes. That survives the change of order only if all axes are there.
        bool planar = step.Conversion.Shape(step.Output).Count == 4 && (IsPlanar(step, 0) || IsPlanar(step, 1));
        Layout layout = planar ? Layout.Nchw : Layout.Plain;
        string result = step.Conversion.Graph.Add(
            step.Operation == TfLiteOperation.Add ? "Add" : "Mul", [step.InputAs(0, layout), step.InputAs(1, layout)]);
        Activation.Finish(step, layout, result, step.ByteOption(0));
    }

    public static void ConvertMean(OperatorConversion step)
    {
        int rank = step.InputShape(0).Count;
        int[] axes = [.. step.Conversion.Ints(step.Input(1)).Select(a => a < 0 ? a + rank : a).Order()];
        bool keep = step.ByteOption(0) != 0;
        if (rank == 4 && !keep && axes is [1, 2])
        {
            string mean = step.Conversion.Graph.Add(
                "ReduceMean", [step.InputAs(0, Layout.Nchw)], Attr.Ints("axes", 2, 3), Attr.Int("keepdims", 0));
            step.Conversion.Define(step.Output, Layout.Plain, mean);
            return;
        }

        string result = step.Conversion.Graph.Add(
            "ReduceMean", [step.InputAs(0, Layout.Plain)], Attr.Ints("axes", Conversion.Longs(axes)), Attr.Int("keepdims", keep ? 1 : 0));
        step.Conversion.Define(step.Output, Layout.Plain, result);
    }

    private static bool IsPlanar(OperatorConversion step, int input) => step.Conversion.LayoutOf(step.Input(input)) == Layout.Nchw;
}
