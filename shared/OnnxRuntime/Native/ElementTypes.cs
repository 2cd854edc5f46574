namespace RenderFarm.OnnxRuntime.Native;

internal static class ElementTypes
{
    /// <exception cref="NotSupportedException">Nothing here uses tensors of that type.</exception>
    public static OrtElementType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? OrtElementType.Float32
        : typeof(T) == typeof(Half) ? OrtElementType.Float16
        : typeof(T) == typeof(long) ? OrtElementType.Int64
        : typeof(T) == typeof(bool) ? OrtElementType.Bool
        : throw new NotSupportedException($"Tensors of {typeof(T).Name} are not supported; use Single, Half, Int64 or Boolean.");
}
