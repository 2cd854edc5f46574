using System.Runtime.Intrinsics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary><see cref="HeadPlace"/> for a run of pixels of one row.</summary>
internal static class HeadRow
{
    /// <param name="first">First pixel of the run.</param>
    /// <param name="count">Pixels of the run; places are computed in eights, so up to seven more are written.</param>
    /// <param name="placeX">Receives x in pixels of the video, from index 0.</param>
    /// <param name="placeY">Receives y.</param>
    public static void Fill(HeadField field, int y, int first, int count, in FrameMotion motion, Span<float> placeX, Span<float> placeY)
    {
        float pixelY = y + 0.5f;
        float fromY = pixelY - field.Pivot.Y;
        Vector256<float> headXFromY = Vector256.Create(fromY * motion.HeadXByY);
        Vector256<float> headYFromY = Vector256.Create(fromY * motion.HeadYByY);
        Vector256<float> rowY = Vector256.Create(pixelY);
        Vector256<float> steps = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            int at = (y * field.Size) + first + i;
            Vector256<float> pixelX = Vector256.Create(first + i + 0.5f) + steps;
            Vector256<float> fromX = pixelX - Vector256.Create(field.Pivot.X);
            Vector256<float> head = Vector256.Create(field.Head.AsSpan(at));
            Vector256<float> depth = Vector256.Create(field.Depth.AsSpan(at));
            Vector256<float> headX = Vector256.Create(motion.HeadX) + (fromX * motion.HeadXByX) + headXFromY;
            Vector256<float> headY = Vector256.Create(motion.HeadY) + (fromX * motion.HeadYByX) + headYFromY;
            (pixelX + (head * headX) - (depth * motion.Yaw)).CopyTo(placeX[i..]);
            (rowY + (head * headY) - (depth * motion.Pitch) + (Vector256.Create(field.Breath.AsSpan(at)) * motion.Breath)
                + (Vector256.Create(field.Brow.AsSpan(at)) * motion.Brow)).CopyTo(placeY[i..]);
        }
    }
}
