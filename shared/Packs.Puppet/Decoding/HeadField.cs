using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>How much each pixel of the video takes part in breathing, in the movement of the head, in its depth and in that of the brows.</summary>
/// <remarks>
/// Weights are a function of the portrait alone and are worked out once. Every weight ends exactly at 0, so pixels outside the spans of
/// <see cref="Rows"/> never change. The maps are those of the puppet recipe; distances are in face heights and widths.
/// </remarks>
internal sealed class HeadField
{
    // Maps are read in eights, past the last pixel too.
    private const int Slack = 8;

    public HeadField(FaceGeometry face, int size)
    {
        Size = size;
        Pivot = face.Pivot;
        Breath = new float[(size * size) + Slack];
        Head = new float[(size * size) + Slack];
        Depth = new float[(size * size) + Slack];
        Brow = new float[(size * size) + Slack];
        Rows = new (int, int)[size];
        var brows = new[] { new BrowBump(face, [70, 63, 105, 66, 107], 159), new BrowBump(face, [300, 293, 334, 296, 336], 386) };
        for (int y = 0; y < size; y++)
        {
            int first = size;
            int end = 0;
            double lift = Math.Exp(-Math.Pow((y + 0.5 - (face.Chin.Y + (0.9 * face.Height))) / (0.75 * face.Height), 2));
            double torso = TorsoHalfWidth(face, y + 0.5);
            for (int x = 0; x < size; x++)
            {
                int at = (y * size) + x;
                Vector2 point = new(x + 0.5f, y + 0.5f);
                Breath[at] = Faded((float)(lift * (1 - SmoothStep.Between(torso, torso + (0.5 * face.Width), Math.Abs(point.X - face.Centre.X)))));
                (Head[at], Depth[at]) = HeadAt(face, point);
                Brow[at] = Math.Max(brows[0].At(point), brows[1].At(point));
                if (Breath[at] > 0 || Head[at] > 0 || Depth[at] > 0 || Brow[at] > 0)
                    (first, end) = (Math.Min(first, x), x + 1);
            }

            Rows[y] = first < end ? (first, end) : (0, 0);
        }
    }

    public int Size { get; }

    public Vector2 Pivot { get; }

    /// <summary>Share of the breathing, size × size, row by row like the others.</summary>
    public float[] Breath { get; }

    /// <summary>Share of the head's tilt and shift.</summary>
    public float[] Head { get; }

    /// <summary>Depth of the head, 1 where it is nearest: turns and nods shift by it.</summary>
    public float[] Depth { get; }

    /// <summary>Share of the brows' lift.</summary>
    public float[] Brow { get; }

    /// <summary>For each row the pixels from First to End − 1 that may move at all.</summary>
    public (int First, int End)[] Rows { get; }

    // A bell has no end of its own: the last hundredth, far below what can be seen, is taken off.
    private static float Faded(float weight) => Math.Max(0, (weight - 0.01f) / 0.99f);

    /// <summary>Neck, then shoulders, as broad as they mostly are for a face: the wall beside them should not breathe.</summary>
    private static double TorsoHalfWidth(FaceGeometry face, double y) =>
        face.Width * (0.5 + (0.9 * SmoothStep.Between(face.Chin.Y, face.Chin.Y + (0.6 * face.Height), y)));

    private static (float Head, float Depth) HeadAt(FaceGeometry face, Vector2 point)
    {
        Vector2 d = point - face.Centre + new Vector2(0, 0.10f * face.Height);
        double radius = Math.Sqrt(Square(d.X / (0.78 * face.Width)) + Square(d.Y / (0.80 * face.Height)));
        double above = 1 - SmoothStep.Between(face.Chin.Y - (0.05 * face.Height), face.Pivot.Y, point.Y);
        double head = (1 - SmoothStep.Between(1, 1.8, radius)) * above;
        double q = 1 - Square(d.X / (0.62 * face.Width)) - Square(d.Y / (0.68 * face.Height));
        double depth = q <= 0 ? 0 : Math.Sqrt(q) * SmoothStep.Between(0, 0.35, q);
        return ((float)head, (float)depth);
    }

    private static double Square(double x) => x * x;

    /// <summary>Full at the brow, gone at the lid, at the temples and halfway up the forehead.</summary>
    private sealed class BrowBump
    {
        private readonly Vector2 _centre;
        private readonly float _reachX;
        private readonly float _reachUp;
        private readonly float _reachDown;

        public BrowBump(FaceGeometry face, int[] brow, int upperLid)
        {
            _centre = brow.Aggregate(Vector2.Zero, (sum, i) => sum + face.Face[i]) / brow.Length;
            _reachX = 0.85f * Vector2.Distance(face.Face[brow[0]], face.Face[brow[^1]]);
            _reachUp = 0.20f * face.Height;
            _reachDown = Math.Max(0.02f * face.Height, 0.9f * (face.Face[upperLid].Y - _centre.Y));
        }

        public float At(Vector2 point)
        {
            float x = (point.X - _centre.X) / _reachX;
            float y = (point.Y - _centre.Y) / (point.Y < _centre.Y ? _reachUp : _reachDown);
            float bell = Math.Max(0, 1 - (x * x)) * Math.Max(0, 1 - (y * y));
            return bell * bell;
        }
    }
}
