using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>What moves lips, jaw and chin: a function of the portrait alone, tabulated over columns of the mouth's own axes.</summary>
/// <remarks>
/// The lips part along two lines, the inner edges of the upper and the lower lip. Where the portrait's lips touch, both lines run through the
/// middle of the dark seam, so that a shut mouth is the portrait's own; where its mouth is open they run just inside each lip, and shutting
/// brings them together.
/// </remarks>
internal sealed class MouthField
{
    /// <summary>Columns per pixel of the video: fine enough to take the nearest one.</summary>
    public const float ColumnsPerPixel = 8;

    private static readonly int[] UpperLine = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
    private static readonly int[] LowerLine = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308];

    public MouthField(FaceGeometry face, PuppetTexture texture)
    {
        Axes = new LocalAxes(face.Face[78], face.Face[308]);
        HalfMouth = face.HalfMouth;
        Unit = face.Unit;
        double reach = 1.15 * Math.Max(face.HalfJaw, face.HalfMouth);
        ColumnCount = (2 * (int)Math.Ceiling(reach * ColumnsPerPixel)) + 3;
        Upper = new float[ColumnCount];
        Lower = new float[ColumnCount];
        Gap = new float[ColumnCount];
        Arc = new float[ColumnCount];
        Chin = new float[ColumnCount];
        Tabulate(face, texture, reach);

        int middle = ColumnCount / 2;
        RestGap = Gap[middle];
        UpperReach = Math.Max(0.3f * HalfMouth, Upper[middle] - Axes.ToLocal(face.Face[2]).Y);
        float toChin = Math.Max(0.5f * HalfMouth, Axes.ToLocal(face.Chin).Y - Lower[middle]);
        NeckStart = 0.92f * toChin;
        NeckReach = (0.08f * toChin) + (0.30f * face.Height);
        WidthReachX = 2.83f * HalfMouth;
        WidthReachY = 2.26f * HalfMouth;
        Box = BoxOf((float)reach, face.Unit);
    }

    public LocalAxes Axes { get; }

    public float HalfMouth { get; }

    public float Unit { get; }

    public int ColumnCount { get; }

    /// <summary>y of the edge of the upper lip, per column.</summary>
    public float[] Upper { get; }

    /// <summary>y of the edge of the lower lip, per column; never above <see cref="Upper"/>.</summary>
    public float[] Lower { get; }

    /// <summary>Lower − Upper at rest.</summary>
    public float[] Gap { get; }

    /// <summary>Shape of an opening, 1 in the middle and 0 from the corners on.</summary>
    public float[] Arc { get; }

    /// <summary>How much of the chin's drop a column takes, 0 to 1.</summary>
    public float[] Chin { get; }

    /// <summary>0 where the portrait's lips touch, 1 where its mouth is clearly open.</summary>
    public float Parted { get; private set; }

    /// <summary>Gap in the middle of the portrait's mouth.</summary>
    public float RestGap { get; }

    /// <summary>Distance above the upper lip over which its movement fades.</summary>
    public float UpperReach { get; }

    /// <summary>Distance under the lower lip where the neck begins to take up the chin's drop.</summary>
    public float NeckStart { get; }

    public float NeckReach { get; }

    public float WidthReachX { get; }

    public float WidthReachY { get; }

    /// <summary>Pixels of the video that the mouth can move, wherever the head goes: [Left, Right) × [Top, Bottom), not limited to the picture.</summary>
    public (int Left, int Top, int Right, int Bottom) Box { get; }

    /// <summary>The nearest column; those at both ends do not move.</summary>
    public int ColumnAt(float x) => (int)MathF.Min(MathF.Max((x * ColumnsPerPixel) + ((ColumnCount / 2) + 0.5f), 0), ColumnCount - 1);

    public float XOf(int column) => (column - (ColumnCount / 2)) / ColumnsPerPixel;

    private void Tabulate(FaceGeometry face, PuppetTexture texture, double reach)
    {
        var upper = new SmoothCurve(UpperLine.Select(i => Axes.ToLocal(face.Face[i])));
        var lower = new SmoothCurve(LowerLine.Select(i => Axes.ToLocal(face.Face[i])));
        float[] xs = [.. Enumerable.Range(0, ColumnCount).Select(XOf)];
        float[] middles = [.. xs.Select(x => (float)(upper.At(x) + lower.At(x)) / 2)];
        float[] halves = [.. xs.Select(x => (float)Math.Max(0, lower.At(x) - upper.At(x)) / 2)];
        float parted = (float)SmoothStep.Between(0.08, 0.20, 2 * halves.Max() / HalfMouth);
        float[] seam = LipSeam.Offsets(texture, Axes, HalfMouth, xs, middles);

        // The edges of an open mouth are blurred with the teeth behind them, and the mesh follows them to about a pixel: stay inside the lips.
        float inset = MathF.Max(0.5f, 0.045f * HalfMouth);
        Parted = parted;
        for (int i = 0; i < ColumnCount; i++)
        {
            float across = MathF.Abs(xs[i]) / HalfMouth;
            Arc[i] = MathF.Pow(MathF.Max(0, 1 - (across * across)), 0.75f);
            float middle = middles[i] + ((1 - parted) * seam[i]);
            float half = across < 1 ? parted * (halves[i] + (inset * MathF.Min(1, 3 * Arc[i]))) : 0;
            (Upper[i], Lower[i]) = (middle - half, middle + half);
            Gap[i] = Lower[i] - Upper[i];
            if (i > 0 && i < ColumnCount - 1)
            {
                double fade = 1 - SmoothStep.Between(0.55 * face.HalfJaw, reach, Math.Abs(xs[i]));
                Chin[i] = (float)(Math.Exp(-Math.Pow(xs[i] / (0.8 * face.HalfJaw), 4)) * fade);
            }
        }
    }

    private (int Left, int Top, int Right, int Bottom) BoxOf(float reach, float unit)
    {
        float top = -Math.Max(WidthReachY, UpperReach + Math.Abs(Upper[ColumnCount / 2]));
        float bottom = Math.Max(WidthReachY, Lower[ColumnCount / 2] + NeckStart + NeckReach) + (0.5f * HalfMouth);
        float side = Math.Max(reach, WidthReachX);
        Vector2[] corners = [Axes.ToPicture(new(-side, top)), Axes.ToPicture(new(side, top)), Axes.ToPicture(new(-side, bottom)), Axes.ToPicture(new(side, bottom))];
        float margin = (FrameMotion.LargestShift * unit) + 2;
        return (
            (int)MathF.Floor(corners.Min(c => c.X) - margin), (int)MathF.Floor(corners.Min(c => c.Y) - margin),
            (int)MathF.Ceiling(corners.Max(c => c.X) + margin), (int)MathF.Ceiling(corners.Max(c => c.Y) + margin));
    }
}
