using System.Runtime.InteropServices;

namespace RenderFarm.Diffusion;

/// <summary>Floats that always start on the same boundary.</summary>
/// <remarks>
/// Some native kernels (Eigen's reductions among them) take elements one by one up to an aligned address before they go on in vectors, so
/// with the address the order of additions, and with it the last bit, would depend on where a window lies in memory. A pinned buffer with
/// a fixed alignment makes a denoiser's input look the same for every cut, and spares a network that runs outside .NET the pinning.
/// </remarks>
internal sealed class AlignedBuffer
{
    private const int AlignmentBytes = 64;

    private readonly float[] pinned;
    private readonly int start;
    private readonly int length;

    public AlignedBuffer(int length)
    {
        this.length = length;
        pinned = GC.AllocateUninitializedArray<float>(length + (AlignmentBytes / sizeof(float)), pinned: true);
        long past = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) % AlignmentBytes;
        start = (int)((AlignmentBytes - past) % AlignmentBytes) / sizeof(float);
    }

    public Span<float> Span => pinned.AsSpan(start, length);
}
