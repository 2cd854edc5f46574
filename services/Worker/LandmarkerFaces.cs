using System.Numerics;
using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.MediaPipe;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.Puppet.Faces;

namespace RenderFarm.Worker;

/// <summary>Finds the faces of a portrait with MediaPipe's face mesh.</summary>
internal sealed class LandmarkerFaces : IPortraitFaces
{
    /// <summary>Only the largest is used; the others are looked for to tell the user.</summary>
    private const int MostFaces = 8;

    private readonly FaceLandmarker landmarker;

    /// <exception cref="PermanentException">The library or the networks are missing.</exception>
    public LandmarkerFaces(PackOptions options) =>
        landmarker = new FaceLandmarker(OrtRuntime.Load(OrtLibrary.Find(options.OnnxRuntimeLibrary)), options.ModelsFolder);

    public IReadOnlyList<PortraitFace> Find(RgbImage portrait) =>
        [.. landmarker.Detect(portrait, MostFaces).Select(face => new PortraitFace([.. face.Points.Select(point => new Vector2(point.X, point.Y))]))];

    public void Dispose() => landmarker.Dispose();
}
