using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>A coordinate system of a part of the face: origin in the middle of its two corners, x towards the second one, y down, in pixels.</summary>
internal readonly record struct LocalAxes
{
    public LocalAxes(Vector2 left, Vector2 right)
    {
        Origin = (left + right) / 2;
        Along = Vector2.Normalize(right - left);
    }

    public Vector2 Origin { get; }

    /// <summary>Unit vector of the x axis; the y axis is (−Along.Y, Along.X).</summary>
    public Vector2 Along { get; }

    public Vector2 ToLocal(Vector2 point)
    {
        Vector2 d = point - Origin;
        return new Vector2((d.X * Along.X) + (d.Y * Along.Y), (d.Y * Along.X) - (d.X * Along.Y));
    }

    public Vector2 ToPicture(Vector2 local) => new(
        Origin.X + (local.X * Along.X) - (local.Y * Along.Y),
        Origin.Y + (local.X * Along.Y) + (local.Y * Along.X));
}
