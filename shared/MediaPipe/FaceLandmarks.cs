namespace RenderFarm.MediaPipe;

/// <summary>One face: the points of MediaPipe's face mesh.</summary>
public sealed class FaceLandmarks
{
    internal FaceLandmarks(IReadOnlyList<Landmark> points, float score)
    {
        Points = points;
        Score = score;
        Box = PixelBox.Around(points);
    }

    /// <summary>
    /// 468 points in MediaPipe's order; refined faces have 478: after them come the irises, five points each (centre, then four on the
    /// edge), first the one on the left of the picture when the face looks at the camera.
    /// </summary>
    public IReadOnlyList<Landmark> Points { get; }

    /// <summary>How sure the network is that this is a face, 0 to 1.</summary>
    public float Score { get; }

    /// <summary>Around all points.</summary>
    public PixelBox Box { get; }
}
