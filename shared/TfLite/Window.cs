using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite;

/// <summary>Kernel, stride, dilation and padding of a sliding window, in height and width.</summary>
internal sealed record Window
{
    private const int PaddingSame = 0;
    private const int PaddingValid = 1;
    private const int Largest = 1 << 16;

    public required (int Height, int Width) Kernel { get; init; }

    public required (int Height, int Width) Stride { get; init; }

    public (int Height, int Width) Dilation { get; init; } = (1, 1);

    public required int Padding { get; init; }

    /// <summary>The attributes of an ONNX convolution over an input of this size, with explicit, often uneven pads.</summary>
    public Attr[] ConvolutionAttributes(OperatorConversion step, int height, int width) =>
        [.. PoolAttributes(step, height, width), Attr.Ints("dilations", Dilation.Height, Dilation.Width)];

    public Attr[] PoolAttributes(OperatorConversion step, int height, int width)
    {
        step.Require(Padding is PaddingSame or PaddingValid, $"has the padding {Padding}");
        foreach (int size in new[] { Kernel.Height, Kernel.Width, Stride.Height, Stride.Width, Dilation.Height, Dilation.Width })
            step.Require(size is > 0 and < Largest, $"has a window of size {size}");
        (int top, int bottom) = Pads(height, Kernel.Height, Stride.Height, Dilation.Height);
        (int left, int right) = Pads(width, Kernel.Width, Stride.Width, Dilation.Width);
        return
        [
            Attr.Ints("kernel_shape", Kernel.Height, Kernel.Width),
            Attr.Ints("strides", Stride.Height, Stride.Width),
            Attr.Ints("pads", top, left, bottom, right),
        ];
    }

    /// <summary>SAME gives ceil(size / stride) outputs; an odd pad goes to the end. VALID pads nothing.</summary>
    private (int Begin, int End) Pads(int size, int kernel, int stride, int dilation)
    {
        if (Padding == PaddingValid)
            return (0, 0);
        long outputs = ((long)size + stride - 1) / stride;
        long reach = ((long)(kernel - 1) * dilation) + 1;
        int total = (int)Math.Max(((outputs - 1) * stride) + reach - size, 0);
        return (total / 2, total - (total / 2));
    }
}
