using RenderFarm.Failures;
using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;
using RenderFarm.TfLite;

namespace RenderFarm.MediaPipe;

/// <summary>Finds faces in stills and reads their landmarks, as MediaPipe's Face Mesh does. One thread at a time.</summary>
public sealed class FaceLandmarker : IDisposable
{
    private readonly Detector detector;
    private readonly FaceMesh mesh;
    private readonly float minPresence;
    private readonly bool searchCloser;

    /// <param name="modelsFolder">Filled by <see cref="MediaPipeModels.ImportAsync"/>.</param>
    /// <exception cref="PermanentException">A network is missing.</exception>
    /// <exception cref="OnnxRuntimeException">A network cannot be loaded.</exception>
    public FaceLandmarker(OrtRuntime runtime, string modelsFolder, FaceLandmarkerOptions? options = null)
    {
        options ??= new FaceLandmarkerOptions();
        minPresence = options.MinPresence;
        searchCloser = options.SearchCloser;
        mesh = new FaceMesh(runtime, modelsFolder, options.Refined, options.Session);
        try
        {
            string path = MediaPipeModels.PathOf(MediaPipeModels.FaceDetection, modelsFolder);
            detector = new Detector(runtime, path, DetectorLayout.FaceShortRange, options.Session, options.MinDetectionScore);
        }
        catch
        {
            mesh.Dispose();
            throw;
        }
    }

    /// <summary>The largest faces of a picture, the largest first; empty when there is none.</summary>
    public IReadOnlyList<FaceLandmarks> Detect(RgbImage image, int maxFaces)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFaces);
        IReadOnlyList<FaceLandmarks> faces = ReadLargest(image, FindRegions(image), maxFaces);
        foreach (IReadOnlyList<Region> squares in searchCloser ? CloserLook.Levels(image.Width, image.Height) : [])
        {
            if (faces.Count > 0)
                break;
            // A square may have cut a face, so its landmarks show better where it is than its detection.
            IEnumerable<Region> near = FindRegions(image, detector.Detect(image, squares));
            faces = ReadLargest(image, [.. near.Select(region => Read(image, region)?.Next).OfType<Region>()], maxFaces);
        }

        return faces;
    }

    public void Dispose()
    {
        detector.Dispose();
        mesh.Dispose();
    }

    internal static IReadOnlyList<FaceLandmarks> LargestFirst(IEnumerable<FaceLandmarks> faces) =>
        [.. faces.OrderByDescending(face => face.Box.Area)];

    /// <summary>Where detected faces are, the best score first.</summary>
    internal IEnumerable<Region> FindRegions(RgbImage image) => FindRegions(image, detector.Detect(image));

    internal (FaceLandmarks Found, Region Next)? Read(RgbImage image, Region region) =>
        mesh.Read(image, region, minPresence) is { } face ? (face, FaceRegions.From(face.Points)) : null;

    private static IEnumerable<Region> FindRegions(RgbImage image, List<Detection> faces) =>
        faces.Select(face => FaceRegions.From(face, image.Width, image.Height));

    private IReadOnlyList<FaceLandmarks> ReadLargest(RgbImage image, IEnumerable<Region> regions, int maxFaces) => LargestFirst(
        RegionMerge.KeepLater(regions).OrderByDescending(region => region.Side)
            .Select(region => mesh.Read(image, region, minPresence))
            .OfType<FaceLandmarks>()
            .Take(maxFaces));
}
