using System.Numerics;
using RenderFarm.Imaging;

namespace RenderFarm.Packs.Puppet.Faces;

/// <summary>Looks for faces in a whole picture first, then in parts of it: the detector sees 128 pixels across, so a small face needs a closer look.</summary>
internal static class FaceSearch
{
    /// <summary>The faces found, the largest first; empty where even the closest look finds none.</summary>
    public static IReadOnlyList<PortraitFace> Find(IPortraitFaces faces, RgbImage picture)
    {
        int shortSide = Math.Min(picture.Width, picture.Height);
        foreach (int side in new[] { 0, shortSide, shortSide / 2 })
        {
            List<PortraitFace> found = [];
            foreach ((int left, int top, int width, int height) in side == 0 ? [(0, 0, picture.Width, picture.Height)] : Tiles(picture, side))
            {
                Vector2 offset = new(left, top);
                foreach (PortraitFace face in faces.Find(Part(picture, left, top, width, height)))
                    found.Add(face.Transformed(1, offset));
            }

            if (found.Count > 0)
                return Distinct(found);
        }

        return [];
    }

    /// <summary>Tiles that overlap by at least half cut through the same face in different places.</summary>
    private static List<PortraitFace> Distinct(IEnumerable<PortraitFace> found)
    {
        List<PortraitFace> distinct = [];
        foreach (PortraitFace face in found.OrderByDescending(face => face.Height))
        {
            if (distinct.All(other => Vector2.Distance(other[1], face[1]) > other.Height / 2))
                distinct.Add(face);
        }

        return distinct;
    }

    private static IEnumerable<(int Left, int Top, int Width, int Height)> Tiles(RgbImage picture, int side)
    {
        foreach (int top in Starts(picture.Height, side))
        {
            foreach (int left in Starts(picture.Width, side))
                yield return (left, top, side, side);
        }
    }

    private static IEnumerable<int> Starts(int length, int side)
    {
        int steps = side < length ? (int)Math.Ceiling((length - side) / (side / 2.0)) : 0;
        return Enumerable.Range(0, steps + 1).Select(i => steps == 0 ? 0 : (length - side) * i / steps);
    }

    private static RgbImage Part(RgbImage picture, int left, int top, int width, int height)
    {
        if (width == picture.Width && height == picture.Height)
            return picture;
        byte[] pixels = new byte[width * height * 3];
        for (int row = 0; row < height; row++)
            picture.PixelsHWC.AsSpan(3 * (((top + row) * picture.Width) + left), 3 * width).CopyTo(pixels.AsSpan(3 * row * width));
        return new RgbImage(width, height, pixels);
    }
}
