namespace RenderFarm.Packs.EchoMimicV2.Pictures;

/// <summary>Filter of the reference picture's reduction.</summary>
public enum PictureFilter
{
    /// <summary>Cubic convolution with a = −0.5, as the plain official program uses.</summary>
    Bicubic = 0,

    /// <summary>Lanczos with three lobes, as the accelerated official program uses.</summary>
    Lanczos = 1,
}
