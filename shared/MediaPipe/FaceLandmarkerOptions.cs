using RenderFarm.OnnxRuntime;

namespace RenderFarm.MediaPipe;

/// <summary>How faces are found and read.</summary>
public sealed record FaceLandmarkerOptions
{
    /// <summary>478 points with exact lips, eyes and irises instead of 468; costs twice the time.</summary>
    public bool Refined { get; init; } = true;

    /// <summary>0 to 1.</summary>
    public float MinDetectionScore { get; init; } = 0.5f;

    /// <summary>0 to 1: below it, a region is taken to show no face.</summary>
    public float MinPresence { get; init; } = 0.5f;

    public OrtSessionOptions Session { get; init; } = new();
}
