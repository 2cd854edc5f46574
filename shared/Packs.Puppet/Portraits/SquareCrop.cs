using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Portraits;

/// <summary>The square of a portrait that becomes the video, in pixels of the portrait.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Side">Width and height.</param>
internal readonly record struct SquareCrop(int Left, int Top, int Side)
{
    // The mesh ends at the hairline; hair adds about this much of the face height, and above it there should be air.
    private const float HairShare = 0.35f;
    private const float HeadRoomShare = 0.08f;

    /// <summary>The largest square around the person: across the short side, the face in the middle of a wide picture and below some air in a high one.</summary>
    public static SquareCrop Around(int width, int height, PortraitFace face)
    {
        int side = Math.Min(width, height);
        float headTop = face[10].Y - (HairShare * face.Height);
        float left = ((face[234].X + face[454].X) / 2) - (side / 2f);
        float top = headTop - (HeadRoomShare * side);
        return new SquareCrop(
            Math.Clamp((int)MathF.Round(left), 0, width - side),
            Math.Clamp((int)MathF.Round(top), 0, height - side),
            side);
    }
}
