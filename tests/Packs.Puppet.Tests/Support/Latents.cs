using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>Latents from parameters in their own units.</summary>
internal static class Latents
{
    public static float[] Of(params (int Parameter, float Value)[] values)
    {
        float[] latent = new float[MotionParameter.Count];
        foreach ((int parameter, float value) in values)
            latent[parameter] = value * MotionParameter.Scale(parameter);
        return latent;
    }

    /// <summary>One parameter of every frame, in its own unit.</summary>
    public static float[] Track(float[] latentsFL, int parameter) =>
        [.. latentsFL.Chunk(MotionParameter.Count).Select(row => row[parameter] / MotionParameter.Scale(parameter))];
}
