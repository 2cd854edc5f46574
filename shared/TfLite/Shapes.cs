using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>Operations that move, add or drop elements.</summary>
internal static class Shapes
{
    /// <summary>Weights are stored as float16 and widened at run time; here once and for all.</summary>
    public static void ConvertDequantize(OperatorConversion step)
    {
        ConstantTensor source = step.Conversion.Constant(step.Input(0));
        step.Require(source.Type == TfLiteElementType.Float16, $"widens {source.Type} instead of float16");
        if (!source.Shape.SequenceEqual(step.Conversion.Shape(step.Output)))
            throw step.Conversion.Damaged("widening changes a shape");
        step.Conversion.DefineConstant(step.Output, source);
    }

    /// <summary>Networks here have fixed shapes, so the target is the shape of the output.</summary>
    public static void ConvertReshape(OperatorConversion step)
    {
        IReadOnlyList<int> target = step.Conversion.Shape(step.Output);
        string shape = step.Conversion.Initializer("shape", Conversion.Longs(target));
        string result = step.Conversion.Graph.Add("Reshape", [step.InputAs(0, Layout.Plain), shape]);
        step.Conversion.Define(step.Output, Layout.Plain, result);
    }

    public static void ConvertConcatenation(OperatorConversion step)
    {
        string[] inputs = [.. Enumerable.Range(0, step.InputCount).Select(i => step.InputAs(i, Layout.Plain))];
        string result = step.Conversion.Graph.Add("Concat", inputs, Attr.Int("axis", step.Option(0)));
        Activation.Finish(step, Layout.Plain, result, step.ByteOption(1));
    }

    /// <summary>Four pairs (before, after) in N, H, W, C become all befores, then all afters, in N, C, H, W.</summary>
    public static void ConvertPad(OperatorConversion step)
    {
        step.InputShape(0, 4);
        int[] pads = step.Conversion.Ints(step.Input(1));
        step.Require(pads.Length == 8 && pads.All(p => p is >= 0 and < 1 << 16), "does not have four pairs of sizes");
        long[] reordered =
        [
            .. Axes.NhwcToNchw.Select(axis => (long)pads[2 * axis]),
            .. Axes.NhwcToNchw.Select(axis => (long)pads[(2 * axis) + 1]),
        ];
        string result = step.Conversion.Graph.Add("Pad", [step.InputAs(0, Layout.Nchw), step.Conversion.Initializer("pads", reordered)]);
        step.Conversion.Define(step.Output, Layout.Nchw, result);
    }

    public static void ConvertResize(OperatorConversion step)
    {
        bool alignCorners = step.ByteOption(2) != 0;
        bool halfPixelCentres = step.ByteOption(3) != 0;
        step.Require(halfPixelCentres && !alignCorners, "does not use half-pixel centres");
        IReadOnlyList<int> output = step.OutputShape(4);
        string sizes = step.Conversion.Initializer("sizes", Conversion.Longs(Axes.Permute(output, Axes.NhwcToNchw)));
        string result = step.Conversion.Graph.Add(
            "Resize", [step.InputAs(0, Layout.Nchw), "", "", sizes], Attr.Text("mode", "linear"),
            Attr.Text("coordinate_transformation_mode", "half_pixel"));
        step.Conversion.Define(step.Output, Layout.Nchw, result);
    }

    public static void ConvertStridedSlice(OperatorConversion step)
    {
        int[] begin = step.Conversion.Ints(step.Input(1));
        int[] end = step.Conversion.Ints(step.Input(2));
        int[] strides = step.Conversion.Ints(step.Input(3));
        int rank = step.InputShape(0).Count;
        step.Require(begin.Length == rank && end.Length == rank && strides.Length == rank, "does not slice all axes");
        step.Require(strides.All(s => s > 0), "runs backwards");
        step.Require(step.Option(2) == 0 && step.Option(3) == 0 && step.Option(4) == 0, "adds or drops axes");
        (int fromStart, int toEnd) = (step.Option(0), step.Option(1));
        long[] starts = [.. begin.Select((b, axis) => (fromStart >> axis & 1) != 0 ? 0L : b)];
        long[] ends = [.. end.Select((e, axis) => (toEnd >> axis & 1) != 0 ? int.MaxValue : (long)e)];
        Conversion c = step.Conversion;
        string result = c.Graph.Add(
            "Slice",
            [
                step.InputAs(0, Layout.Plain), c.Initializer("starts", starts), c.Initializer("ends", ends),
                c.Initializer("axes", [.. Enumerable.Range(0, rank).Select(axis => (long)axis)]),
                c.Initializer("steps", Conversion.Longs(strides)),
            ]);
        c.Define(step.Output, Layout.Plain, result);
    }
}
