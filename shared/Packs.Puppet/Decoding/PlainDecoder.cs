using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The warp, one pixel after the other: what the picture is. The decoder in use does the same in vectors and is tested against this one.</summary>
/// <remarks>
/// A backward map: for every pixel of the video, where to read the portrait. Breathing, brows and head come first and are taken at the pixel itself;
/// the mouth and the lids follow in the coordinates of the moved head. Nothing is pushed, so nothing can tear.
/// </remarks>
internal sealed class PlainDecoder(PuppetStage stage)
{
    private readonly MouthPose _mouth = new(stage.Mouth);

    public void Decode(ReadOnlySpan<float> latentL, Span<byte> frameHWC)
    {
        var motion = new FrameMotion(latentL, stage.Unit);
        _mouth.Set(motion.Open, motion.Round);
        for (int y = 0; y < stage.Size; y++)
        {
            for (int x = 0; x < stage.Size; x++)
                stage.Put(frameHWC, x, y, ColourAt(x, y, motion));
        }
    }

    private Rgb ColourAt(int x, int y, FrameMotion motion)
    {
        Vector2 place = HeadPlace.Of(stage.Head, x, y, motion);
        Rgb colour = IsIn(stage.Mouth.Box, x, y) ? WithMouth(place) : stage.Texture.Read(place.X, place.Y);
        foreach (EyelidField eye in stage.Eyes)
        {
            if (motion.Blink > 0 && IsIn(eye.Box, x, y) && eye.Colour(stage.Texture, place, motion.Blink) is { } lid)
                colour = PuppetStage.Mix(default, lid, 1);
        }

        return colour;
    }

    private Rgb WithMouth(Vector2 place)
    {
        Vector2 source = _mouth.Source(place);
        Rgb colour = stage.Texture.Read(source.X, source.Y);
        Vector2 local = stage.Mouth.Axes.ToLocal(place);
        int column = stage.Mouth.ColumnAt(_mouth.SourceX(local.X, local.Y));
        float coverage = stage.Interior.Coverage(_mouth, column, local.Y);
        return coverage > 0 ? PuppetStage.Mix(colour, stage.Interior.Colour(_mouth, column, local.Y), coverage) : colour;
    }

    private static bool IsIn((int Left, int Top, int Right, int Bottom) box, int x, int y) =>
        x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom;
}
