namespace RenderFarm.TfLite.Tests;

/// <summary>TFLite's operations as its documentation defines them, written for reading, not speed.</summary>
internal static class Reference
{
    /// <summary>Cells of the input that output cell <paramref name="at"/> sees, with the place in the kernel; cells outside are left out.</summary>
    public static IEnumerable<(int Kernel, int Input)> Seen(int at, int size, int kernel, int stride, int dilation, bool same)
    {
        int outputs = Outputs(size, kernel, stride, dilation, same);
        int reach = ((kernel - 1) * dilation) + 1;
        int begin = same ? Math.Max(((outputs - 1) * stride) + reach - size, 0) / 2 : 0;
        for (int k = 0; k < kernel; k++)
        {
            int input = (at * stride) - begin + (k * dilation);
            if (input >= 0 && input < size)
                yield return (k, input);
        }
    }

    public static int Outputs(int size, int kernel, int stride, int dilation, bool same) => same
        ? (size + stride - 1) / stride
        : (size - ((kernel - 1) * dilation) - 1 + stride) / stride;

    /// <param name="weights">Output channel, height, width, input channel.</param>
    public static Map Conv(Map input, float[] weights, float[] bias, int kernelHeight, int kernelWidth, int stride, int dilation, bool same)
    {
        int Weight(int o, int ky, int kx, int c) => (((((o * kernelHeight) + ky) * kernelWidth) + kx) * input.Channels) + c;
        return Map.Compute(
            Outputs(input.Height, kernelHeight, stride, dilation, same), Outputs(input.Width, kernelWidth, stride, dilation, same), bias.Length,
            (y, x, o) => bias[o] + Seen(y, input.Height, kernelHeight, stride, dilation, same).Sum(
                v => Seen(x, input.Width, kernelWidth, stride, dilation, same).Sum(
                    h => Enumerable.Range(0, input.Channels).Sum(c => input[v.Input, h.Input, c] * weights[Weight(o, v.Kernel, h.Kernel, c)]))));
    }

    /// <param name="weights">Height, width, output channel; output channel o reads input channel o / multiplier.</param>
    public static Map Depthwise(Map input, float[] weights, float[] bias, int kernel, int stride, int multiplier, bool same) => Map.Compute(
        Outputs(input.Height, kernel, stride, 1, same), Outputs(input.Width, kernel, stride, 1, same), input.Channels * multiplier,
        (y, x, o) => bias[o] + Seen(y, input.Height, kernel, stride, 1, same).Sum(
            v => Seen(x, input.Width, kernel, stride, 1, same).Sum(
                h => input[v.Input, h.Input, o / multiplier] * weights[(((v.Kernel * kernel) + h.Kernel) * input.Channels * multiplier) + o])));

    public static Map Pool(Map input, int kernel, int stride, bool same, Func<IEnumerable<float>, float> reduce) => Map.Compute(
        Outputs(input.Height, kernel, stride, 1, same), Outputs(input.Width, kernel, stride, 1, same), input.Channels,
        (y, x, c) => reduce(
            from v in Seen(y, input.Height, kernel, stride, 1, same)
            from h in Seen(x, input.Width, kernel, stride, 1, same)
            select input[v.Input, h.Input, c]));

    /// <summary>Half-pixel centres: output pixel o looks at (o + ½) · scale - ½, clamped to the edge.</summary>
    public static Map Resize(Map input, int height, int width) => Map.Compute(
        height, width, input.Channels,
        (y, x, c) => Bilinear(
            Math.Clamp((float)(((y + 0.5) * input.Height / height) - 0.5), 0, input.Height - 1),
            Math.Clamp((float)(((x + 0.5) * input.Width / width) - 0.5), 0, input.Width - 1),
            (v, h) => input[Math.Min(v, input.Height - 1), Math.Min(h, input.Width - 1), c]));

    public static float Bilinear(float y, float x, Func<int, int, float> cell)
    {
        (int top, int left) = ((int)MathF.Floor(y), (int)MathF.Floor(x));
        (float v, float h) = (y - top, x - left);
        return ((1 - v) * (((1 - h) * cell(top, left)) + (h * cell(top, left + 1))))
            + (v * (((1 - h) * cell(top + 1, left)) + (h * cell(top + 1, left + 1))));
    }
}
