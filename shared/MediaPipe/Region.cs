namespace RenderFarm.MediaPipe;

/// <summary>
/// A turned square of the picture that a network looks at. Pixels, (0, 0) is the outer corner of the first one; the rotation in radians
/// turns the square's x axis towards the picture's y axis.
/// </summary>
internal readonly record struct Region(double CentreX, double CentreY, double Side, double Rotation)
{
    /// <summary>The square around the whole picture, centred on it.</summary>
    public static Region Around(int width, int height) => new(width / 2.0, height / 2.0, Math.Max(width, height), 0);

    /// <summary>Where a position of the square (0 to 1 on both axes) lies in the picture.</summary>
    public (double X, double Y) ToPicture(double x, double y)
    {
        (double sin, double cos) = Math.SinCos(Rotation);
        double u = (x - 0.5) * Side;
        double v = (y - 0.5) * Side;
        return (CentreX + (u * cos) - (v * sin), CentreY + (u * sin) + (v * cos));
    }

    /// <summary>Intersection over union of the squares, as if neither were turned.</summary>
    public double UprightIou(Region other) => Box.Iou(Upright, other.Upright);

    private Box Upright => new(CentreX - (Side / 2), CentreY - (Side / 2), CentreX + (Side / 2), CentreY + (Side / 2));
}
