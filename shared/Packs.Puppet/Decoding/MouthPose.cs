using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The mouth of one frame: where each place of the moved face reads the portrait.</summary>
/// <remarks>
/// The new lip edges are U' = U − 0.22·δ and L' = L + 0.78·δ with δ = wanted gap − gap at rest. Content above follows the upper lip and fades
/// towards the nose, content below follows the lower lip, then the chin as one piece, then fades down the neck. Those are forward movements
/// y' = y + m(y); they are inverted by a fixed number of fixed-point steps, which converge because m changes slowly with y.
/// </remarks>
internal sealed class MouthPose
{
    public const float UpperShare = 0.22f;
    public const float LowerShare = 0.78f;
    public const float MiddleShare = 0.5f * (LowerShare - UpperShare);
    public const int UpperSteps = 4;
    public const int LowerSteps = 6;

    private const float ChinShare = 0.85f;
    private const float WidestGap = 0.62f;

    private readonly float[] _delta;

    public MouthPose(MouthField field)
    {
        Field = field;
        _delta = new float[field.ColumnCount];
        Set(0, 0);
    }

    public MouthField Field { get; }

    public float Open { get; private set; }

    /// <summary>Relative widening of the mouth.</summary>
    public float Widening { get; private set; }

    /// <summary>How far the middle of the chin drops, before it fades.</summary>
    public float ChinDrop { get; private set; }

    /// <summary>Change of the gap, per column.</summary>
    public ReadOnlySpan<float> DeltaColumns => _delta;

    public void Set(float open, float round)
    {
        Open = open;
        Widening = (-0.10f * MathF.Max(round, 0) * MathF.Min(1, 3 * open)) + (0.05f * MathF.Max(-round, 0)) - (0.05f * open * open);
        float wanted = open * WidestGap * Field.HalfMouth;
        for (int i = 0; i < _delta.Length; i++)
            _delta[i] = (wanted * Field.Arc[i]) - Field.Gap[i];
        ChinDrop = LowerShare * ChinShare * (wanted - Field.RestGap);
    }

    public float UpperEdge(int column) => Field.Upper[column] - (UpperShare * _delta[column]);

    public float LowerEdge(int column) => Field.Lower[column] + (LowerShare * _delta[column]);

    /// <summary>x before the mouth was narrowed or widened. Only this x chooses the column.</summary>
    public float SourceX(float x, float y)
    {
        float tx = x / Field.WidthReachX;
        float ty = y / Field.WidthReachY;
        float bell = MathF.Max(0, 1 - (tx * tx)) * MathF.Max(0, 1 - (ty * ty));
        return x / (1 + (Widening * (bell * bell)));
    }

    /// <summary>y before lips and jaw moved, in a column.</summary>
    public float SourceY(int column, float y)
    {
        float delta = _delta[column];
        float upper = Field.Upper[column];
        float lower = Field.Lower[column];
        float middle = (0.5f * (upper + lower)) + (MiddleShare * delta);
        if (y < middle)
        {
            float move = UpperShare * delta;
            float source = y;
            for (int step = 0; step < UpperSteps; step++)
                source = y + (move * (1 - SmoothStep.Of((upper - source) / Field.UpperReach)));
            return MathF.Min(source, upper);
        }
        else
        {
            float lip = LowerShare * delta;
            float chin = ChinDrop * Field.Chin[column];
            float source = y;
            for (int step = 0; step < LowerSteps; step++)
            {
                float d = MathF.Max(0, source - lower);
                float onChin = SmoothStep.Of(d / Field.HalfMouth);
                float fade = 1 - SmoothStep.Of((d - Field.NeckStart) / Field.NeckReach);
                source = y - ((lip + (onChin * (chin - lip))) * fade);
            }

            return MathF.Max(source, lower);
        }
    }

    /// <summary>Where a place of the moved face reads the portrait.</summary>
    public Vector2 Source(Vector2 place)
    {
        Vector2 local = Field.Axes.ToLocal(place);
        float x = SourceX(local.X, local.Y);
        float y = SourceY(Field.ColumnAt(x), local.Y);
        Vector2 along = Field.Axes.Along;
        return new Vector2(
            place.X + ((x - local.X) * along.X) - ((y - local.Y) * along.Y),
            place.Y + ((x - local.X) * along.Y) + ((y - local.Y) * along.X));
    }
}
