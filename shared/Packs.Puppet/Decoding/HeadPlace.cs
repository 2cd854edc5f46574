using System.Numerics;

namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>The first maps of the warp: which place of the portrait a pixel shows when only breath, brows and head move.</summary>
internal static class HeadPlace
{
    /// <summary>In pixels of the video.</summary>
    public static Vector2 Of(HeadField field, int x, int y, in FrameMotion motion)
    {
        int at = (y * field.Size) + x;
        float pixelX = x + 0.5f;
        float pixelY = y + 0.5f;
        float fromX = pixelX - field.Pivot.X;
        float fromY = pixelY - field.Pivot.Y;
        float headX = motion.HeadX + (fromX * motion.HeadXByX) + (fromY * motion.HeadXByY);
        float headY = motion.HeadY + (fromX * motion.HeadYByX) + (fromY * motion.HeadYByY);
        return new Vector2(
            pixelX + (field.Head[at] * headX) - (field.Depth[at] * motion.Yaw),
            pixelY + (field.Head[at] * headY) - (field.Depth[at] * motion.Pitch) + (field.Breath[at] * motion.Breath) + (field.Brow[at] * motion.Brow));
    }
}
