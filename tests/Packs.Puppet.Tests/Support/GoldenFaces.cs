using RenderFarm.Imaging;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Packs.Puppet.Tests.Support;

/// <summary>Knows the answer beforehand: the given faces, for a picture of any size, as shares of its sides would be.</summary>
internal sealed class GoldenFaces(params PortraitFace[] faces) : IPortraitFaces
{
    public IReadOnlyList<PortraitFace> Find(RgbImage portrait) => faces;

    public void Dispose()
    {
    }
}
