using System.Numerics;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>How bright and which colour the light on the face is, so that a painted mouth interior fits into the picture.</summary>
internal static class SkinTint
{
    // The cheeks, one on each side of the nose.
    private static readonly int[] Cheeks = [50, 280];
    private const float WellLit = 190;

    /// <summary>Factors for red, green and blue, 1 on a well-lit neutral face.</summary>
    public static Vector3 Of(PuppetTexture texture, PortraitFace face)
    {
        Vector3 sum = Vector3.Zero;
        int count = 0;
        foreach (int cheek in Cheeks)
        {
            for (int dy = -4; dy <= 4; dy++)
            {
                for (int dx = -4; dx <= 4; dx++)
                {
                    Rgb colour = texture.Read(face[cheek].X + (dx / 2f), face[cheek].Y + (dy / 2f));
                    sum += new Vector3(colour.R, colour.G, colour.B);
                    count++;
                }
            }
        }

        Vector3 mean = sum / count;
        float luma = Vector3.Dot(mean, new Vector3(0.299f, 0.587f, 0.114f));
        return Vector3.Clamp(((0.7f * new Vector3(luma)) + (0.3f * mean)) / WellLit, new Vector3(0.35f), new Vector3(1.15f));
    }
}
