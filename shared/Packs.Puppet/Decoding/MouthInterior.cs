using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>Paints what an open mouth shows: the dark of the cavity, the tongue, and upper teeth that belong to the skull and not to the lip.</summary>
internal sealed class MouthInterior
{
    private static readonly Vector3 Deep = new(52, 18, 20);
    private static readonly Vector3 Floor = new(95, 34, 38);
    private static readonly Vector3 Tongue = new(150, 72, 74);
    private static readonly Vector3 Enamel = new(206, 198, 191);

    private readonly MouthField _field;
    private readonly Vector3 _tint;
    private readonly float _softEdge;
    private readonly float _softTeeth;
    private readonly float[] _seam;
    private readonly float _seamReach;
    private readonly float _seamGap;
    private readonly float[] _teethEnd;
    private readonly float[] _teethShade;
    private readonly float[] _tongueShare;
    private readonly float[] _cornerShade;

    public MouthInterior(MouthField field, Vector3 tint)
    {
        _field = field;
        _tint = tint;
        // Not narrower than the grid of pixels can show.
        _softEdge = MathF.Max(1.2f * field.Unit, 1);
        _softTeeth = MathF.Max(0.8f * field.Unit, 0.7f);
        // Lips that were apart in the portrait have no dark line of their own where they meet.
        _seam = [.. field.Arc.Select(arc => 0.5f * field.Parted * MathF.Min(1, 2 * arc))];
        _seamReach = MathF.Max(0.06f * field.HalfMouth, 1.2f);
        _seamGap = 0.15f * field.HalfMouth;
        _teethEnd = new float[field.ColumnCount];
        _teethShade = new float[field.ColumnCount];
        _tongueShare = new float[field.ColumnCount];
        _cornerShade = new float[field.ColumnCount];
        for (int i = 0; i < field.ColumnCount; i++)
            Tabulate(i, field.XOf(i) / field.HalfMouth);
    }

    /// <summary>How much of the interior shows at a place, 0 to 1 and below.</summary>
    public float Coverage(MouthPose pose, int column, float y)
    {
        float upper = pose.UpperEdge(column);
        float lower = pose.LowerEdge(column);
        float inside = MathF.Min(y - upper, lower - y);
        float coverage = MathF.Min(inside / _softEdge, 1);
        float seam = _seam[column];
        return seam > 0 && inside > -_seamReach
            ? MathF.Max(coverage, seam * (1 - SmoothStep.Of((lower - upper) / _seamGap)) * (1 + (MathF.Min(inside, 0) / _seamReach)))
            : coverage;
    }

    /// <summary>Colour of the interior, channels 0 to 255.</summary>
    public Vector3 Colour(MouthPose pose, int column, float y)
    {
        float upper = pose.UpperEdge(column);
        float lower = pose.LowerEdge(column);
        float underLip = y - upper;
        float depth = underLip / MathF.Max(lower - upper, 1e-3f);
        Vector3 colour = Vector3.Lerp(Deep, Floor, SmoothStep.Of((depth - 0.4f) / 0.6f));
        float tongue = 0.55f * _tongueShare[column] * SmoothStep.Of((pose.Open - 0.25f) / 0.45f) * SmoothStep.Of((depth - 0.58f) / 0.25f);
        colour = Vector3.Lerp(colour, Tongue, tongue);

        float teeth = MathF.Min(MathF.Max(((_teethEnd[column] - y) / _softTeeth) + 0.5f, 0), 1);
        float lit = 0.52f + (0.48f * MathF.Min(MathF.Max(underLip / (0.22f * _field.HalfMouth), 0), 1));
        colour = Vector3.Lerp(colour, Enamel * (lit * _teethShade[column]), teeth);

        float shadow = 1 - (0.35f * (1 - SmoothStep.Of(underLip / (0.12f * _field.HalfMouth))));
        float light = 0.4f + (0.6f * SmoothStep.Of((lower - upper) / (0.25f * _field.HalfMouth)));
        return colour * _tint * (shadow * light * _cornerShade[column]);
    }

    private void Tabulate(int column, double across)
    {
        double arch = Math.Sqrt(Math.Max(0, 1 - Math.Pow(across / 0.82, 2)));
        double hw = _field.HalfMouth;
        _teethEnd[column] = arch > 0 ? (float)(_field.Upper[column] + (((0.20 * arch) - 0.02) * hw)) : float.NegativeInfinity;
        double tooth = across / 0.245;
        double fromLine = Math.Abs(tooth - Math.Round(tooth)) * 0.245 * hw; // pixels to the nearest line between two teeth
        double line = 0.10 * Math.Max(0, 1 - (fromLine / Math.Max(0.035 * hw, 0.6)));
        _teethShade[column] = (float)((1 - (0.55 * Math.Min(1, across * across))) * (1 - line));
        _tongueShare[column] = (float)Math.Exp(-Math.Pow(across / 0.55, 2));
        _cornerShade[column] = (float)(1 - (0.45 * SmoothStep.Between(0.5, 1, Math.Abs(across))));
    }
}
