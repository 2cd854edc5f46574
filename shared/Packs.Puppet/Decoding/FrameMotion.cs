using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The latent of one frame, limited to what a face can do, and the head's movement as the coefficients the warp multiplies.</summary>
/// <remarks>
/// Limits keep reads near the picture and make any latent harmless, even one that is not a number. The head reads at
/// p + H·(offset + X·(x − pivot.x) + Y·(y − pivot.y)) − D·(yaw, pitch), with H and D its weight and depth.
/// </remarks>
internal readonly record struct FrameMotion
{
    /// <summary>Farthest that the limits below let a place of the face be from where the portrait has it, in face units.</summary>
    public const float LargestShift = 20;

    public FrameMotion(ReadOnlySpan<float> latentL, float unit)
    {
        Open = Within(latentL, MotionParameter.MouthOpen, 0, 1.2f);
        Round = Within(latentL, MotionParameter.MouthRound, -1, 1);
        Blink = Within(latentL, MotionParameter.Blink, 0, 1);
        Yaw = unit * Within(latentL, MotionParameter.HeadYaw, -6, 6);
        Pitch = unit * Within(latentL, MotionParameter.HeadPitch, -6, 6);
        Breath = unit * Within(latentL, MotionParameter.Breath, -4, 4);
        Brow = unit * 3 * Within(latentL, MotionParameter.BrowRaise, -0.5f, 1.5f);
        (float sin, float cos) = MathF.SinCos(Within(latentL, MotionParameter.HeadRoll, -2.5f, 2.5f) * MathF.PI / 180);
        HeadXByX = cos - 1;
        HeadXByY = sin;
        HeadYByX = -sin;
        HeadYByY = cos - 1;
        HeadX = -unit * Within(latentL, MotionParameter.HeadX, -6, 6);
        HeadY = -unit * Within(latentL, MotionParameter.HeadY, -6, 6);
    }

    public float Open { get; }

    public float Round { get; }

    public float Blink { get; }

    public float Yaw { get; }

    public float Pitch { get; }

    public float Breath { get; }

    public float Brow { get; }

    public float HeadX { get; }

    public float HeadXByX { get; }

    public float HeadXByY { get; }

    public float HeadY { get; }

    public float HeadYByX { get; }

    public float HeadYByY { get; }

    private static float Within(ReadOnlySpan<float> latentL, int parameter, float min, float max)
    {
        float value = latentL[parameter] / MotionParameter.Scale(parameter);
        return float.IsNaN(value) ? 0 : Math.Clamp(value, min, max);
    }
}
