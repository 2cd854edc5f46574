using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>One eye: where its lids lie and how a blink moves them, in the eye's own axes.</summary>
/// <remarks>
/// The upper lid goes down by 0.86 of the opening, the lower one up by the rest. The lashes move as they are; the skin above them stretches
/// mostly near the brow, so that the crease stays with the lashes and plain skin covers the eye.
/// </remarks>
internal sealed class EyelidField
{
    private const float UpperShare = 0.86f;
    private const float LowerShare = 1 - UpperShare;
    // The mesh may miss a lid by a pixel; closed lids overlap a little rather than leave a white slit.
    private const float Overlap = 0.08f;
    private const float LashBand = 0.28f;
    private const float SkinReach = 0.85f;
    private const float LowerReach = 0.6f;
    private const float ColumnsPerPixel = 8;

    // Lashes and crease go on past the corners: there they follow their neighbours, or they would stand up like the ear of a cat.
    private const float Overhang = 1.4f;
    private const float CreaseSmoothing = 0.28f;
    private const float MostSqueeze = 0.6f;
    private static readonly Vector3 Lash = new(60, 42, 40);

    private readonly float[] _upper;
    private readonly float[] _lower;
    private readonly float[] _creaseDrop;
    private readonly float _unit;
    private readonly float _widest;
    private readonly float _soft;

    public EyelidField(FaceGeometry face, int[] upperLid, int[] lowerLid)
    {
        Axes = new LocalAxes(face.Face[upperLid[0]], face.Face[upperLid[^1]]);
        _unit = face.Unit;
        float half = Vector2.Distance(face.Face[upperLid[0]], face.Face[upperLid[^1]]) / 2;
        var upper = new SmoothCurve(upperLid.Select(i => Axes.ToLocal(face.Face[i])));
        var lower = new SmoothCurve(lowerLid.Select(i => Axes.ToLocal(face.Face[i])));
        int count = (2 * (int)Math.Ceiling(Overhang * half * ColumnsPerPixel)) + 1;
        _upper = new float[count];
        _lower = new float[count];
        _creaseDrop = new float[count];
        for (int i = 0; i < count; i++)
        {
            float x = (i - (_upper.Length / 2)) / ColumnsPerPixel;
            (_upper[i], _lower[i]) = ((float)upper.At(x), (float)Math.Max(upper.At(x), lower.At(x)));
            _widest = Math.Max(_widest, _lower[i] - _upper[i]);
        }

        float width = CreaseSmoothing * half * ColumnsPerPixel;
        for (int i = 0; i < count; i++)
        {
            (float sum, float weights) = (0, 0);
            for (int k = 0; k < count; k++)
            {
                float weight = MathF.Exp(-(i - k) * (i - k) / (width * width));
                (sum, weights) = (sum + (weight * (_lower[k] - _upper[k])), weights + weight);
            }

            float lid = Drop(_lower[i] - _upper[i]);
            _creaseDrop[i] = MathF.Max(lid, MathF.Min(UpperShare * sum / weights, lid + (MostSqueeze * LashBand * _widest)));
        }

        _soft = MathF.Max(0.8f * _unit, 0.6f);
        Box = BoxOf(Overhang * half);
    }

    public LocalAxes Axes { get; }

    /// <summary>Pixels of the video that a blink can change, wherever the head goes.</summary>
    public (int Left, int Top, int Right, int Bottom) Box { get; }

    /// <summary>The colour of a place of the moved face when the eye is closed by <paramref name="blink"/>; null where the blink changes nothing.</summary>
    public Vector3? Colour(PuppetTexture texture, Vector2 place, float blink)
    {
        Vector2 local = Axes.ToLocal(place);
        int column = (int)MathF.Floor((local.X * ColumnsPerPixel) + (_upper.Length / 2) + 0.5f);
        if (column < 0 || column >= _upper.Length)
            return null;
        float opening = _lower[column] - _upper[column];
        float upperEdge = _upper[column] + (blink * Drop(opening));
        float lowerEdge = _lower[column] - (LowerShare * blink * opening);
        float skinTop = _upper[column] - (SkinReach * _widest);
        float skinBottom = _lower[column] + (LowerReach * _widest);
        if (local.Y <= skinTop || local.Y >= skinBottom || _creaseDrop[column] <= 0)
            return null;

        // Each part is one read of the portrait; where two parts meet they fade into each other.
        float ofUpper = MathF.Min(MathF.Max(0.5f + ((upperEdge - local.Y) / (2 * _soft)), 0), 1);
        float ofLower = (1 - ofUpper) * MathF.Min(MathF.Max(0.5f + ((local.Y - lowerEdge) / (2 * _soft)), 0), 1);
        float ofEye = 1 - ofUpper - ofLower;
        Vector3 colour = Vector3.Zero;
        if (ofUpper > 0)
            colour += ofUpper * Read(texture, place, local.Y, UpperSource(column, local.Y, blink, opening, upperEdge, skinTop));
        if (ofLower > 0)
            colour += ofLower * Read(texture, place, local.Y, LowerSource(column, local.Y, lowerEdge, skinBottom));
        if (ofEye > 0)
            colour += ofEye * Read(texture, place, local.Y, local.Y);

        float line = MathF.Max(0, 1 - (MathF.Abs(local.Y - upperEdge) / MathF.Max(0.9f * _unit, 0.7f)));
        float fromCorner = MathF.Min(1, opening / (0.5f * _widest));
        return Vector3.Lerp(colour, Lash, 0.4f * line * blink * fromCorner);
    }

    /// <summary>How far the upper lid falls over an opening, fully closed.</summary>
    private float Drop(float opening) => (UpperShare * opening) + (Overlap * _widest * MathF.Min(1, opening / (0.25f * _widest)));

    private float UpperSource(int column, float y, float blink, float opening, float upperEdge, float skinTop)
    {
        float band = LashBand * _widest;
        float bandTop = _upper[column] - band + (blink * _creaseDrop[column]);
        if (y >= bandTop)
            return _upper[column] + ((y - upperEdge) * (band / (upperEdge - bandTop)));
        float t = (y - skinTop) / (bandTop - skinTop);
        float bias = 1.6f * blink * opening / _widest;
        return skinTop + ((_upper[column] - band - skinTop) * (t / (1 + (bias * (1 - t)))));
    }

    private float LowerSource(int column, float y, float lowerEdge, float skinBottom)
    {
        if (y < lowerEdge)
            return y + (_lower[column] - lowerEdge);
        float t = (skinBottom - y) / (skinBottom - lowerEdge);
        return skinBottom - (t * (skinBottom - _lower[column]));
    }

    private Vector3 Read(PuppetTexture texture, Vector2 place, float y, float sourceY)
    {
        float move = sourceY - y;
        Rgb colour = texture.Read(place.X - (move * Axes.Along.Y), place.Y + (move * Axes.Along.X));
        return new Vector3(colour.R, colour.G, colour.B);
    }

    private (int Left, int Top, int Right, int Bottom) BoxOf(float half)
    {
        float top = _upper.Min() - (SkinReach * _widest);
        float bottom = _lower.Max() + (LowerReach * _widest);
        Vector2[] corners = [Axes.ToPicture(new(-half, top)), Axes.ToPicture(new(half, top)), Axes.ToPicture(new(-half, bottom)), Axes.ToPicture(new(half, bottom))];
        float margin = (FrameMotion.LargestShift * _unit) + 2;
        return (
            (int)MathF.Floor(corners.Min(c => c.X) - margin), (int)MathF.Floor(corners.Min(c => c.Y) - margin),
            (int)MathF.Ceiling(corners.Max(c => c.X) + margin), (int)MathF.Ceiling(corners.Max(c => c.Y) + margin));
    }
}
