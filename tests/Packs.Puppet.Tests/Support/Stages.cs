using System.Numerics;
using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Faces;
using RenderFarm.Packs.Puppet.Portraits;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>Builds stages from known landmarks, without any network.</summary>
internal static class Stages
{
    public static PuppetStage Of(string portrait, int size) => Of(RealInputs.Portrait(portrait), RealInputs.GoldenFace(portrait), size);

    public static PuppetStage Of(RgbImage portrait, PortraitFace face, int size) =>
        Of(portrait, face, SquareCrop.Around(portrait.Width, portrait.Height, face), size);

    public static PuppetStage Of(RgbImage portrait, PortraitFace face, SquareCrop crop, int size)
    {
        float scale = (float)size / crop.Side;
        var texture = new PuppetTexture(size, TextureResampling.Resample(portrait, crop, size));
        return new PuppetStage(texture, face.Transformed(scale, -scale * new Vector2(crop.Left, crop.Top)));
    }

    /// <summary>The portrait cut down to the head and shoulders, as a user may send it.</summary>
    public static PuppetStage CloseUp(string portrait, int size)
    {
        PortraitFace face = RealInputs.GoldenFace(portrait);
        int side = (int)(2.1f * face.Height);
        var crop = new SquareCrop((int)(face[1].X - (side / 2f)), Math.Max(0, (int)(face[10].Y - (0.4f * face.Height))), side);
        return Of(RealInputs.Portrait(portrait), face, crop, size);
    }
}
