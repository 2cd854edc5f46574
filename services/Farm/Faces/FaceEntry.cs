namespace RenderFarm.Farm.Faces;

/// <summary>One face.</summary>
internal sealed record FaceEntry
{
    /// <summary>0 to 1.</summary>
    public required float Score { get; init; }

    public required FaceBox Box { get; init; }

    /// <summary>478 times x, y and z in pixels, in MediaPipe's order.</summary>
    public required IReadOnlyList<float[]> Points { get; init; }
}
