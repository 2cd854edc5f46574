using System.Buffers;
using RenderFarm.OnnxRuntime.Native;

namespace RenderFarm.OnnxRuntime;

/// <summary>A tensor over managed memory. What a run writes is in <see cref="Memory"/> when it returns.</summary>
public sealed class OrtTensor<T> : OrtTensor
    where T : unmanaged
{
    internal OrtTensor(OrtRuntime runtime, Memory<T> memory, long[] shape)
        : base(Pin(runtime, memory, shape), ElementTypes.Of<T>(), shape) => Memory = memory;

    public Memory<T> Memory { get; }

    public Span<T> Span => Memory.Span;

    private static unsafe PinnedValue Pin(OrtRuntime runtime, Memory<T> memory, long[] shape)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        OrtElementType elementType = ElementTypes.Of<T>();
        int needed = TensorShape.ElementCount(shape);
        if (needed != memory.Length)
            throw new ArgumentException($"The shape {TensorShape.Text(shape)} needs {needed} elements, but the memory has {memory.Length}.");

        OrtApi api = runtime.Api;
        MemoryHandle pin = memory.Pin();
        nint value;
        nint status;
        fixed (long* sizes = shape)
        {
            nuint bytes = (nuint)memory.Length * (nuint)sizeof(T);
            status = api.CreateTensorWithData(
                runtime.CpuMemory.DangerousGetHandle(), pin.Pointer, bytes, sizes, (nuint)shape.Length, (int)elementType, &value);
        }

        if (status == 0)
            return new PinnedValue(value, api.ReleaseValue, pin);
        pin.Dispose();
        throw api.Failure(status, $"Creating a tensor {elementType} {TensorShape.Text(shape)}");
    }
}
