using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Steps of the warp on eight pixels at once, operation by operation those of the plain code, so that the bits are the same.</summary>
internal static class VectorSteps
{
    /// <summary><see cref="SmoothStep.Of"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Smooth(Vector256<float> t)
    {
        Vector256<float> within = Vector256.Min(Vector256.Max(t, Vector256<float>.Zero), Vector256<float>.One);
        return within * within * (Vector256.Create(3f) - (Vector256.Create(2f) * within));
    }
}
