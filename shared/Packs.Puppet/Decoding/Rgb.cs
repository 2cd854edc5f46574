namespace RenderFarm.Packs.Puppet.Decoding;

/// <summary>An 8-bit sRGB colour.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Brightness after ITU-R BT.601, 0 to 255.</summary>
    public float Luma => (0.299f * R) + (0.587f * G) + (0.114f * B);
}
