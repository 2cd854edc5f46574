using RenderFarm.Packs.Puppet.Motion;

namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>How far each motion parameter strays from its mean. Lips hardly do: they must stay with the sound.</summary>
internal static class MotionPrior
{
    private static readonly MotionKernel Lips = new(0.012, 0.10);
    private static readonly MotionKernel Lids = new(0, 1);
    private static readonly MotionKernel Turn = new(0.35, 0.5);
    private static readonly MotionKernel Tilt = new(0.10, 0.5);
    private static readonly MotionKernel Shift = new(0.25, 0.5);
    private static readonly MotionKernel Chest = new(0.10, 0.5);
    private static readonly MotionKernel Brows = new(0.03, 0.3);

    /// <summary>The kernel of one float of the latent.</summary>
    public static MotionKernel InLatentUnits(int parameter)
    {
        MotionKernel kernel = Of(parameter);
        return kernel with { Sigma = kernel.Sigma * MotionParameter.Scale(parameter) };
    }

    private static MotionKernel Of(int parameter) => parameter switch
    {
        MotionParameter.MouthOpen or MotionParameter.MouthRound => Lips,
        MotionParameter.HeadYaw or MotionParameter.HeadPitch => Turn,
        MotionParameter.HeadRoll => Tilt,
        MotionParameter.HeadX or MotionParameter.HeadY => Shift,
        MotionParameter.Breath => Chest,
        MotionParameter.BrowRaise => Brows,
        _ => Lids,
    };
}
