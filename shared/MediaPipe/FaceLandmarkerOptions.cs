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

    /// <summary>
    /// Where a still shows no face at all, looks closer, in parts of it: finds faces down to about 3 % of the longer side instead of 9 %,
    /// in some 0.2 s. MediaPipe itself does not.
    /// </summary>
    public bool SearchCloser { get; init; } = true;

    public OrtSessionOptions Session { get; init; } = new();
}
