namespace RenderFarm.Packs.EchoMimicV2.Importing;

/// <summary>Which of the official programs a pack renders as.</summary>
public enum EchoMimicVariant
{
    /// <summary>30 steps with guidance.</summary>
    Full = 0,

    /// <summary>6 steps without, from the weights distilled for it (<c>…_acc.pth</c>).</summary>
    Accelerated = 1,
}
