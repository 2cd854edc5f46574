using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The warp, row by row in vectors: the same picture as <see cref="PlainDecoder"/>, bit by bit. One caller at a time.</summary>
/// <remarks>
/// What cannot move is copied. Of the rest, places and reads are vectorised; the mouth's interior and the lids are few pixels and stay plain code,
/// shared with the plain decoder.
/// </remarks>
internal sealed class RowDecoder
{
    private const int Slack = 16;

    private readonly PuppetStage _stage;
    private readonly MouthPose _mouth;
    private readonly MouthRow _mouthRow;
    private readonly TextureReader _reader;
    private readonly float[] _placeX;
    private readonly float[] _placeY;
    private readonly float[] _sourceX;
    private readonly float[] _sourceY;

    public RowDecoder(PuppetStage stage)
    {
        _stage = stage;
        _mouth = new MouthPose(stage.Mouth);
        _mouthRow = new MouthRow(stage.Size + Slack);
        _reader = new TextureReader(stage.Texture);
        _placeX = new float[stage.Size + Slack];
        _placeY = new float[stage.Size + Slack];
        _sourceX = new float[stage.Size + Slack];
        _sourceY = new float[stage.Size + Slack];
    }

    public void Decode(ReadOnlySpan<float> latentL, Span<byte> frameHWC)
    {
        var motion = new FrameMotion(latentL, _stage.Unit);
        _mouth.Set(motion.Open, motion.Round);
        int stride = 3 * _stage.Size;
        for (int y = 0; y < _stage.Size; y++)
        {
            (int first, int end) = _stage.Rows[y];
            Span<byte> row = frameHWC.Slice(y * stride, stride);
            ReadOnlySpan<byte> atRest = _stage.AtRestHWC.AsSpan(y * stride, stride);
            atRest[..(3 * first)].CopyTo(row);
            if (first < end)
                DecodeRun(y, first, end, motion, frameHWC, row);
            atRest[(3 * end)..].CopyTo(row[(3 * end)..]);
        }
    }

    private void DecodeRun(int y, int first, int end, in FrameMotion motion, Span<byte> frameHWC, Span<byte> row)
    {
        int count = end - first;
        HeadRow.Fill(_stage.Head, y, first, count, motion, _placeX, _placeY);
        _placeX.AsSpan(0, count + 8).CopyTo(_sourceX);
        _placeY.AsSpan(0, count + 8).CopyTo(_sourceY);
        (int mouthFirst, int mouthEnd) = _stage.RunOf(_stage.Mouth.Box, y);
        if (mouthFirst < mouthEnd)
            MoveMouth(mouthFirst - first, mouthEnd - mouthFirst);
        _reader.ReadRow(_sourceX, _sourceY, count, row.Slice(3 * first));
        if (mouthFirst < mouthEnd)
            PaintInterior(y, mouthFirst, mouthEnd, frameHWC);
        if (motion.Blink > 0)
            PaintLids(y, first, motion.Blink, frameHWC);
    }

    /// <summary>The eights of the mouth's run may reach past its end: those places are put back.</summary>
    private void MoveMouth(int from, int count)
    {
        Span<float> x = _sourceX.AsSpan(from);
        Span<float> y = _sourceY.AsSpan(from);
        _mouthRow.Fill(_mouth, count, x, y);
        _placeX.AsSpan(from + count, 8).CopyTo(x[count..]);
        _placeY.AsSpan(from + count, 8).CopyTo(y[count..]);
    }

    private void PaintInterior(int y, int first, int end, Span<byte> frameHWC)
    {
        for (int i = 0; i < end - first; i++)
        {
            int column = _mouthRow.Columns[i];
            float localY = _mouthRow.LocalY[i];
            float coverage = _stage.Interior.Coverage(_mouth, column, localY);
            if (coverage > 0)
                _stage.Put(frameHWC, first + i, y, PuppetStage.Mix(_stage.Get(frameHWC, first + i, y), _stage.Interior.Colour(_mouth, column, localY), coverage));
        }
    }

    private void PaintLids(int y, int runFirst, float blink, Span<byte> frameHWC)
    {
        foreach (EyelidField eye in _stage.Eyes)
        {
            (int first, int end) = _stage.RunOf(eye.Box, y);
            for (int x = first; x < end; x++)
            {
                if (eye.Colour(_stage.Texture, new Vector2(_placeX[x - runFirst], _placeY[x - runFirst]), blink) is { } lid)
                    _stage.Put(frameHWC, x, y, PuppetStage.Mix(default, lid, 1));
            }
        }
    }
}
