using RenderFarm.Imaging;

namespace RenderFarm.MediaPipe;

/// <summary>Follows faces through a video: faster than finding them anew in every frame, and steadier. One thread at a time.</summary>
/// <param name="landmarker">Stays the caller's; must not be disposed before the last frame.</param>
/// <param name="maxFaces">Whole frames are searched only while fewer faces are followed.</param>
public sealed class FaceTracker(FaceLandmarker landmarker, int maxFaces)
{
    private readonly TrackingLoop<FaceLandmarks> loop = new(
        maxFaces > 0 ? maxFaces : throw new ArgumentOutOfRangeException(nameof(maxFaces), maxFaces, "At least one face has to be wanted."),
        landmarker.FindRegions, landmarker.Read);

    /// <summary>The faces of the next frame, the largest first. All frames between two resets have one size.</summary>
    public IReadOnlyList<FaceLandmarks> Track(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return [.. FaceLandmarker.LargestFirst(loop.Next(frame)).Take(maxFaces)];
    }

    /// <summary>A cut in the video: the next frame has nothing to do with those before.</summary>
    public void Reset() => loop.Reset();
}
