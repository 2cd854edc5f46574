using System.Numerics;
using RenderFarm.Imaging;
using RenderFarm.MediaPipe;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.Packs.Puppet.Faces;

/// <summary>Faces as MediaPipe's Face Mesh finds them.</summary>
public sealed class MediaPipeFaces : IPortraitFaces
{
    // A group picture: enough to say how many there are.
    private const int MostFaces = 16;

    private readonly FaceLandmarker _landmarker;

    /// <param name="runtime">Runs the networks.</param>
    /// <param name="modelsFolder">Where <see cref="TfLite.MediaPipeModels.ImportAsync"/> left the networks.</param>
    /// <exception cref="Failures.PermanentException">A network is missing.</exception>
    public MediaPipeFaces(OrtRuntime runtime, string modelsFolder) => _landmarker = new FaceLandmarker(runtime, modelsFolder);

    /// <inheritdoc/>
    public IReadOnlyList<PortraitFace> Find(RgbImage portrait) =>
        [.. _landmarker.Detect(portrait, MostFaces).Select(face => new PortraitFace([.. face.Points.Select(point => new Vector2(point.X, point.Y))]))];

    public void Dispose() => _landmarker.Dispose();
}
