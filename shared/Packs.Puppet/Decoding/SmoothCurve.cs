using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>A curve y(x) through points: piecewise cubic without overshoot, constant beyond the ends.</summary>
/// <remarks>Slopes after Fritsch and Butland 1984 (harmonic means), so a lip line has no kinks and no waves of its own.</remarks>
internal sealed class SmoothCurve
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slope;

    public SmoothCurve(IEnumerable<Vector2> points)
    {
        // Points that lie (almost) above one another, as at the corner of a turned mouth, would make the curve vertical.
        var kept = new List<Vector2>();
        foreach (Vector2 point in points.OrderBy(p => p.X))
        {
            if (kept.Count == 0 || point.X - kept[^1].X > 1e-3f)
                kept.Add(point);
        }

        if (kept.Count < 2)
            throw new ArgumentException("A curve needs two points that differ in x.", nameof(points));
        _x = [.. kept.Select(p => (double)p.X)];
        _y = [.. kept.Select(p => (double)p.Y)];
        _slope = new double[_x.Length];
        for (int i = 1; i < _x.Length - 1; i++)
        {
            double before = (_y[i] - _y[i - 1]) / (_x[i] - _x[i - 1]);
            double after = (_y[i + 1] - _y[i]) / (_x[i + 1] - _x[i]);
            _slope[i] = before * after <= 0 ? 0 : 2 * before * after / (before + after);
        }

        _slope[0] = (_y[1] - _y[0]) / (_x[1] - _x[0]);
        _slope[^1] = (_y[^1] - _y[^2]) / (_x[^1] - _x[^2]);
    }

    public double At(double x)
    {
        if (x <= _x[0])
            return _y[0];
        if (x >= _x[^1])
            return _y[^1];
        int i = Array.BinarySearch(_x, x);
        if (i >= 0)
            return _y[i];
        i = ~i - 1;
        double width = _x[i + 1] - _x[i];
        double t = (x - _x[i]) / width;
        double u = 1 - t;
        return (_y[i] * (1 + (2 * t)) * u * u) + (_slope[i] * width * t * u * u)
            + (_y[i + 1] * t * t * (3 - (2 * t))) - (_slope[i + 1] * width * t * t * u);
    }
}
