using RenderFarm.Imaging;

namespace RenderFarm.Packs.Puppet.Faces;

/// <summary>Finds faces in a portrait. One caller at a time.</summary>
public interface IPortraitFaces : IDisposable
{
    /// <summary>All faces that were found, in no particular order; empty where there is none.</summary>
    IReadOnlyList<PortraitFace> Find(RgbImage portrait);
}
