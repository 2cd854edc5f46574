namespace RenderFarm.MediaPipe;

/// <summary>Where the face mesh looks: around a detection, or around the landmarks of the frame before.</summary>
internal static class FaceRegions
{
    private const double Enlarge = 1.5;
    private const int LeftEye = 0;
    private const int RightEye = 1;
    private const int LeftEyeOuterCorner = 33;
    private const int RightEyeOuterCorner = 263;

    /// <summary>Sides are those of the picture: left is where the viewer's left is.</summary>
    public static Region From(Detection face, int width, int height)
    {
        Box box = face.Box;
        (double X, double Y) Pixels(int keypoint) => (face.Keypoints[keypoint].X * width, face.Keypoints[keypoint].Y * height);
        return new Region(
            (box.Left + box.Right) / 2 * width,
            (box.Top + box.Bottom) / 2 * height,
            Enlarge * Math.Max(box.Width * width, box.Height * height),
            Angles.RotationTo(0, Pixels(LeftEye), Pixels(RightEye)));
    }

    public static Region From(IReadOnlyList<Landmark> points)
    {
        PixelBox box = PixelBox.Around(points);
        Landmark left = points[LeftEyeOuterCorner];
        Landmark right = points[RightEyeOuterCorner];
        return new Region(
            (box.Left + box.Right) / 2.0, (box.Top + box.Bottom) / 2.0, Enlarge * Math.Max(box.Width, box.Height),
            Angles.RotationTo(0, (left.X, left.Y), (right.X, right.Y)));
    }
}
