namespace RenderFarm.MediaPipe;

/// <summary>What is particular to one detector network.</summary>
/// <param name="InputSize">Side of the input square.</param>
/// <param name="Scale">Byte values are multiplied by this,</param>
/// <param name="Offset">then this is added.</param>
internal sealed record DetectorLayout(
    int InputSize,
    float Scale,
    float Offset,
    string BoxesOutput,
    string ScoresOutput,
    IReadOnlyList<(int CellsPerSide, int AnchorsPerCell)> Grids)
{
    /// <summary>Values -1 to 1; six keypoints: eyes (left of the picture first), nose tip, mouth, ears.</summary>
    public static DetectorLayout FaceShortRange { get; } =
        new(128, 1 / 127.5f, -1, "regressors", "classificators", [(16, 2), (8, 6)]);
}
