namespace RenderFarm.MediaPipe;

/// <summary>Rotations of regions.</summary>
internal static class Angles
{
    /// <summary>To [-π, π).</summary>
    public static double Wrap(double radians) => radians - (2 * Math.PI * Math.Floor((radians + Math.PI) / (2 * Math.PI)));

    /// <summary>The rotation that brings the direction from one point to another to a target, counted as in <see cref="Region"/>.</summary>
    public static double RotationTo(double target, (double X, double Y) from, (double X, double Y) to) =>
        Wrap(target - Math.Atan2(-(to.Y - from.Y), to.X - from.X));
}
