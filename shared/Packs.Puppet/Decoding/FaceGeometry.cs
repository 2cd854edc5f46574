using System.Numerics;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Sizes and places of a face by which all movements are scaled, in pixels of the video.</summary>
internal sealed class FaceGeometry
{
    // A face unit is one pixel in a portrait whose face is this high; amplitudes were tuned on such portraits.
    private const float UnitsPerFaceHeight = 220;

    public FaceGeometry(PortraitFace face)
    {
        Face = face;
        Height = face.Height;
        Width = face.Width;
        Unit = Height / UnitsPerFaceHeight;
        HalfMouth = Vector2.Distance(face[78], face[308]) / 2;
        HalfJaw = Vector2.Distance(face[172], face[397]) / 2;
        Centre = (face[10] + face[152]) / 2;
        Chin = face[152];
    }

    public PortraitFace Face { get; }

    public float Height { get; }

    public float Width { get; }

    /// <summary>Length of a face unit.</summary>
    public float Unit { get; }

    public float HalfMouth { get; }

    public float HalfJaw { get; }

    public Vector2 Centre { get; }

    public Vector2 Chin { get; }

    /// <summary>The point about which the head tilts: the upper end of the neck.</summary>
    public Vector2 Pivot => new(Centre.X, Chin.Y + (0.42f * Height));
}
