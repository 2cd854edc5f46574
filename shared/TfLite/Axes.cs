namespace RenderFarm.TfLite;

/// <summary>Reordering of axes in constants.</summary>
internal static class Axes
{
    public static readonly int[] NhwcToNchw = [0, 3, 1, 2];
    public static readonly int[] NchwToNhwc = [0, 2, 3, 1];

    public static int[] Permute(IReadOnlyList<int> shape, int[] order) => Array.ConvertAll(order, axis => shape[axis]);

    /// <summary>Axis <c>k</c> of the result is axis <c>order[k]</c> of the source.</summary>
    public static float[] Permute(float[] source, IReadOnlyList<int> shape, int[] order)
    {
        int[] strides = new int[shape.Count];
        for (int axis = shape.Count - 1, stride = 1; axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        float[] result = new float[source.Length];
        int[] index = new int[order.Length];
        for (int at = 0, from = 0; at < result.Length; at++)
        {
            result[at] = source[from];
            for (int axis = order.Length - 1; axis >= 0; axis--)
            {
                from += strides[order[axis]];
                if (++index[axis] < shape[order[axis]])
                    break;
                from -= index[axis] * strides[order[axis]];
                index[axis] = 0;
            }
        }

        return result;
    }
}
