using System.Runtime.Intrinsics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary><see cref="MouthPose.Source"/> for a run of pixels of one row, and what the mouth's interior needs of them.</summary>
internal sealed class MouthRow
{
    private readonly int[] _columns;
    private readonly float[] _localY;
    private readonly float[] _shiftX;
    private readonly float[] _upper;
    private readonly float[] _lower;
    private readonly float[] _delta;
    private readonly float[] _chin;

    /// <param name="length">Longest run, rounded up to eights.</param>
    public MouthRow(int length)
    {
        _columns = new int[length];
        _localY = new float[length];
        _shiftX = new float[length];
        _upper = new float[length];
        _lower = new float[length];
        _delta = new float[length];
        _chin = new float[length];
    }

    /// <summary>Column of the mouth under each pixel, after <see cref="Fill"/>.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>y in the mouth's axes of each pixel, after <see cref="Fill"/>.</summary>
    public ReadOnlySpan<float> LocalY => _localY;

    /// <summary>Replaces places of the moved face by where they read the portrait.</summary>
    /// <param name="count">Pixels of the run; computed in eights, so up to seven more places are replaced by what they would read.</param>
    public void Fill(MouthPose pose, int count, Span<float> placeX, Span<float> placeY)
    {
        Locate(pose, count, placeX, placeY);
        LookUp(pose, count);
        Move(pose, count, placeX, placeY);
    }

    private void Locate(MouthPose pose, int count, ReadOnlySpan<float> placeX, ReadOnlySpan<float> placeY)
    {
        MouthField field = pose.Field;
        Vector256<float> one = Vector256<float>.One;
        Vector256<float> last = Vector256.Create((float)(field.ColumnCount - 1));
        Vector256<float> origin = Vector256.Create((field.ColumnCount / 2) + 0.5f);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            Vector256<float> dx = Vector256.Create(placeX[i..]) - Vector256.Create(field.Axes.Origin.X);
            Vector256<float> dy = Vector256.Create(placeY[i..]) - Vector256.Create(field.Axes.Origin.Y);
            Vector256<float> localX = (dx * field.Axes.Along.X) + (dy * field.Axes.Along.Y);
            Vector256<float> localY = (dy * field.Axes.Along.X) - (dx * field.Axes.Along.Y);
            Vector256<float> tx = localX / field.WidthReachX;
            Vector256<float> ty = localY / field.WidthReachY;
            Vector256<float> bell = Vector256.Max(Vector256<float>.Zero, one - (tx * tx)) * Vector256.Max(Vector256<float>.Zero, one - (ty * ty));
            Vector256<float> x = localX / (one + (Vector256.Create(pose.Widening) * (bell * bell)));
            Vector256<float> column = Vector256.Min(Vector256.Max((x * MouthField.ColumnsPerPixel) + origin, Vector256<float>.Zero), last);
            Vector256.ConvertToInt32Native(column).CopyTo(_columns, i);
            localY.CopyTo(_localY, i);
            (x - localX).CopyTo(_shiftX, i);
        }
    }

    private void LookUp(MouthPose pose, int count)
    {
        float[] upper = pose.Field.Upper;
        float[] lower = pose.Field.Lower;
        float[] chin = pose.Field.Chin;
        ReadOnlySpan<float> delta = pose.DeltaColumns;
        for (int i = 0; i < count; i++)
        {
            int column = _columns[i];
            _upper[i] = upper[column];
            _lower[i] = lower[column];
            _delta[i] = delta[column];
            _chin[i] = chin[column];
        }
    }

    private void Move(MouthPose pose, int count, Span<float> placeX, Span<float> placeY)
    {
        float alongX = pose.Field.Axes.Along.X;
        float alongY = pose.Field.Axes.Along.Y;
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            Vector256<float> y = Vector256.Create(_localY.AsSpan(i));
            Vector256<float> upper = Vector256.Create(_upper.AsSpan(i));
            Vector256<float> lower = Vector256.Create(_lower.AsSpan(i));
            Vector256<float> delta = Vector256.Create(_delta.AsSpan(i));
            Vector256<float> middle = (0.5f * (upper + lower)) + (MouthPose.MiddleShare * delta);
            Vector256<float> above = SourceAbove(pose, y, upper, delta);
            Vector256<float> below = SourceBelow(pose, y, lower, delta, Vector256.Create(_chin.AsSpan(i)));
            Vector256<float> shiftY = Vector256.ConditionalSelect(Vector256.LessThan(y, middle), above, below) - y;
            Vector256<float> shiftX = Vector256.Create(_shiftX.AsSpan(i));
            (Vector256.Create(placeX[i..]) + (shiftX * alongX) - (shiftY * alongY)).CopyTo(placeX[i..]);
            (Vector256.Create(placeY[i..]) + (shiftX * alongY) + (shiftY * alongX)).CopyTo(placeY[i..]);
        }
    }

    private static Vector256<float> SourceAbove(MouthPose pose, Vector256<float> y, Vector256<float> upper, Vector256<float> delta)
    {
        Vector256<float> move = MouthPose.UpperShare * delta;
        Vector256<float> source = y;
        for (int step = 0; step < MouthPose.UpperSteps; step++)
            source = y + (move * (Vector256<float>.One - VectorSteps.Smooth((upper - source) / pose.Field.UpperReach)));
        return Vector256.Min(source, upper);
    }

    private static Vector256<float> SourceBelow(
        MouthPose pose, Vector256<float> y, Vector256<float> lower, Vector256<float> delta, Vector256<float> chinShare)
    {
        Vector256<float> lip = MouthPose.LowerShare * delta;
        Vector256<float> chin = pose.ChinDrop * chinShare;
        Vector256<float> source = y;
        for (int step = 0; step < MouthPose.LowerSteps; step++)
        {
            Vector256<float> d = Vector256.Max(Vector256<float>.Zero, source - lower);
            Vector256<float> onChin = VectorSteps.Smooth(d / pose.Field.HalfMouth);
            Vector256<float> fade = Vector256<float>.One - VectorSteps.Smooth((d - Vector256.Create(pose.Field.NeckStart)) / pose.Field.NeckReach);
            source = y - ((lip + (onChin * (chin - lip))) * fade);
        }

        return Vector256.Max(source, lower);
    }
}
