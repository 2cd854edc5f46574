using System.Numerics;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Everything about a portrait that is the same in every frame. Never changes once built, so any number of decoders may share it.</summary>
internal sealed class PuppetStage
{
    private static readonly int[] UpperLidLeft = [33, 246, 161, 160, 159, 158, 157, 173, 133];
    private static readonly int[] LowerLidLeft = [33, 7, 163, 144, 145, 153, 154, 155, 133];
    private static readonly int[] UpperLidRight = [362, 398, 384, 385, 386, 387, 388, 466, 263];
    private static readonly int[] LowerLidRight = [362, 382, 381, 380, 374, 373, 390, 249, 263];

    /// <param name="texture">The portrait.</param>
    /// <param name="face">The face, in pixels of the video.</param>
    public PuppetStage(PuppetTexture texture, PortraitFace face)
    {
        Texture = texture;
        Size = texture.Size;
        var geometry = new FaceGeometry(face);
        Unit = geometry.Unit;
        Head = new HeadField(geometry, Size);
        Mouth = new MouthField(geometry, texture);
        Interior = new MouthInterior(Mouth, SkinTint.Of(texture, face));
        Eyes = [new EyelidField(geometry, UpperLidLeft, LowerLidLeft), new EyelidField(geometry, UpperLidRight, LowerLidRight)];
        Rows = [.. Enumerable.Range(0, Size).Select(RowOf)];
        AtRestHWC = new byte[Size * Size * 3];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
                Put(AtRestHWC, x, y, texture.Read(x + 0.5f, y + 0.5f));
        }
    }

    /// <summary>Side of the video in pixels.</summary>
    public int Size { get; }

    /// <summary>Pixels per face unit.</summary>
    public float Unit { get; }

    public PuppetTexture Texture { get; }

    public HeadField Head { get; }

    public MouthField Mouth { get; }

    public MouthInterior Interior { get; }

    public IReadOnlyList<EyelidField> Eyes { get; }

    /// <summary>For each row the pixels from First to End − 1 that may change at all.</summary>
    public IReadOnlyList<(int First, int End)> Rows { get; }

    /// <summary>The portrait as the video shows it where nothing moves, H × W × 3.</summary>
    public byte[] AtRestHWC { get; }

    /// <summary>The part of a row that lies in a box, clipped to the picture; empty as (0, 0).</summary>
    public (int First, int End) RunOf((int Left, int Top, int Right, int Bottom) box, int y)
    {
        int first = Math.Max(box.Left, 0);
        int end = Math.Min(box.Right, Size);
        return y >= box.Top && y < box.Bottom && first < end ? (first, end) : (0, 0);
    }

    public void Put(Span<byte> frameHWC, int x, int y, Rgb colour)
    {
        int at = 3 * ((y * Size) + x);
        (frameHWC[at], frameHWC[at + 1], frameHWC[at + 2]) = (colour.R, colour.G, colour.B);
    }

    public Rgb Get(ReadOnlySpan<byte> frameHWC, int x, int y)
    {
        int at = 3 * ((y * Size) + x);
        return new Rgb(frameHWC[at], frameHWC[at + 1], frameHWC[at + 2]);
    }

    public static Rgb Mix(Rgb under, Vector3 over, float share)
    {
        Vector3 mixed = Vector3.Lerp(new Vector3(under.R, under.G, under.B), over, share) + new Vector3(0.5f);
        Vector3 limited = Vector3.Min(Vector3.Max(mixed, Vector3.Zero), new Vector3(255));
        return new Rgb((byte)limited.X, (byte)limited.Y, (byte)limited.Z);
    }

    private (int First, int End) RowOf(int y)
    {
        (int First, int End)[] runs = [Head.Rows[y], RunOf(Mouth.Box, y), .. Eyes.Select(eye => RunOf(eye.Box, y))];
        (int First, int End)[] filled = [.. runs.Where(run => run.First < run.End)];
        return filled.Length == 0 ? (0, 0) : (filled.Min(run => run.First), filled.Max(run => run.End));
    }
}
