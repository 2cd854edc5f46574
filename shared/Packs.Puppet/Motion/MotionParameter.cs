namespace RenderFarm.Packs.Puppet.Motion;

/// <summary>What the floats of a puppet's latent are. Order and scale are part of the stored format.</summary>
/// <remarks>
/// A latent holds a parameter times its <see cref="Scale"/>. The official schedule ends a hair before the clean latent, which leaves white noise
/// of about 0.03 in every float; the scale makes that too little to see.
/// </remarks>
internal static class MotionParameter
{
    /// <summary>0 shut to 1 widest.</summary>
    public const int MouthOpen = 0;

    /// <summary>−1 spread (as in "ee") to 1 rounded (as in "oo").</summary>
    public const int MouthRound = 1;

    /// <summary>0 open to 1 closed.</summary>
    public const int Blink = 2;

    /// <summary>Turn to the side as the shift of the tip of the nose, in face units; positive to the right of the picture.</summary>
    public const int HeadYaw = 3;

    /// <summary>Nod as the shift of the tip of the nose, in face units; positive down.</summary>
    public const int HeadPitch = 4;

    /// <summary>Tilt in degrees; positive clockwise in the picture.</summary>
    public const int HeadRoll = 5;

    /// <summary>Shift to the right, in face units.</summary>
    public const int HeadX = 6;

    /// <summary>Shift down, in face units.</summary>
    public const int HeadY = 7;

    /// <summary>Lift of the chest, in face units.</summary>
    public const int Breath = 8;

    /// <summary>Lift of the brows, 0 at rest to 1.</summary>
    public const int BrowRaise = 9;

    /// <summary>First of six floats kept for the hands: turn in degrees and shift to the right and down in face units, for the left and the right hand of the picture.</summary>
    public const int Hands = 10;

    /// <summary>Floats per frame (L).</summary>
    public const int Count = 16;

    private static readonly float[] Scales = [20, 10, 20, 4, 4, 10, 4, 4, 4, 10, 10, 4, 4, 10, 4, 4];

    /// <summary>Latent units per unit of the parameter.</summary>
    public static float Scale(int parameter) => Scales[parameter];
}
