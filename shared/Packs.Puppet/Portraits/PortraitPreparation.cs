using System.Globalization;
using System.Numerics;
using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Portraits;

/// <summary>Judges a portrait and turns it into what the segments need.</summary>
internal static class PortraitPreparation
{
    private const int SmallestSide = 64;
    private const int EnoughSide = 1024;
    private const int SmallestFace = 32;
    private const int SmallestFaceInVideo = 20;

    // The tip of the nose, as a share of the way across the face: 0.5 looks at the camera.
    private const float MostTurned = 0.30f;

    /// <returns>The portrait and sentences for the user.</returns>
    /// <exception cref="PermanentException">The portrait cannot be animated; the message says why.</exception>
    public static (PreparedPortrait Portrait, IReadOnlyList<string> Warnings) Prepare(RgbImage portrait, int size, IPortraitFaces faces)
    {
        int shortSide = Math.Min(portrait.Width, portrait.Height);
        if (shortSide < SmallestSide)
            throw Bad($"The portrait has only {portrait.Width} x {portrait.Height} pixels; use one of at least 200 x 200.");

        // More pixels than this show neither in the landmarks nor in the video.
        RgbImage picture = AreaReduction.By(Math.Max(1, shortSide / Math.Max(EnoughSide, 2 * size)), portrait);
        IReadOnlyList<PortraitFace> found = FaceSearch.Find(faces, picture);
        if (found.Count == 0)
            throw Bad($"No face was found in the portrait; use a picture in which the face is well lit, uncovered and turned to the camera.");

        PortraitFace face = found[0];
        SquareCrop crop = SquareCrop.Around(picture.Width, picture.Height, face);
        float scale = (float)size / crop.Side;
        if (face.Height < SmallestFace)
            throw Bad($"The face in the portrait is only {face.Height:F0} pixels high; use a larger picture or one taken from nearer.");
        if (face.Height * scale < SmallestFaceInVideo)
            throw Bad($"The face would be only {face.Height * scale:F0} pixels high in the video; cut the portrait to head and shoulders or choose a larger size.");

        byte[] texels = TextureResampling.Resample(picture, crop, size);
        PortraitFace inVideo = face.Transformed(scale, -scale * new Vector2(crop.Left, crop.Top));
        return (PreparedPortrait.Of(size, inVideo, texels), [.. Warnings(found)]);
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<PortraitFace> found)
    {
        PortraitFace face = found[0];
        if (found.Count > 1)
            yield return Sentence($"The portrait shows {found.Count} faces; the largest one is used.");
        float across = Vector2.Dot(face[1] - face[234], face[454] - face[234]) / Vector2.DistanceSquared(face[454], face[234]);
        if (across is < MostTurned or > 1 - MostTurned)
            yield return "The face in the portrait is turned to the side; one that looks at the camera moves more naturally.";
    }

    private static PermanentException Bad(FormattableString sentence) => new(Sentence(sentence));

    private static string Sentence(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
