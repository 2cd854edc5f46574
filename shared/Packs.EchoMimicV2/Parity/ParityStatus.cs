namespace RenderFarm.Packs.EchoMimicV2.Parity;

/// <summary>How a comparison came out.</summary>
public enum ParityStatus
{
    Passed = 0,
    Failed = 1,

    /// <summary>Not compared; the row says why.</summary>
    Skipped = 2,
}
