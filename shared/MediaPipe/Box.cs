namespace RenderFarm.MediaPipe;

/// <summary>An upright box, in whatever unit its user says.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double Area => Width * Height;

    /// <summary>Intersection over union, 0 to 1.</summary>
    public static double Iou(Box a, Box b)
    {
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
        double height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        if (width <= 0 || height <= 0)
            return 0;
        double intersection = width * height;
        return intersection / (a.Area + b.Area - intersection);
    }
}
