using System.Numerics;

namespace RenderFarm.Packs.Puppet.Faces;

/// <summary>The 478 points of a MediaPipe face mesh with refined lips and eyes.</summary>
public sealed class PortraitFace
{
    public const int PointCount = 478;

    private readonly Vector2[] _points;

    /// <param name="points">478 positions in pixels of the picture; the centre of the top left pixel is (0.5, 0.5).</param>
    public PortraitFace(IReadOnlyList<Vector2> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count != PointCount)
            throw new ArgumentException($"A face mesh has {PointCount} points, got {points.Count}.", nameof(points));
        _points = [.. points];
    }

    public Vector2 this[int index] => _points[index];

    /// <summary>Distance from the top of the forehead to the chin, in pixels.</summary>
    public float Height => Vector2.Distance(_points[10], _points[152]);

    /// <summary>Distance between the two sides of the face at the height of the ears, in pixels.</summary>
    public float Width => Vector2.Distance(_points[234], _points[454]);

    /// <summary>The same face in another coordinate system: point · scale + offset.</summary>
    public PortraitFace Transformed(float scale, Vector2 offset) => new([.. _points.Select(point => (point * scale) + offset)]);
}
