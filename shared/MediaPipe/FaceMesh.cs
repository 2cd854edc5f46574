using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;
using RenderFarm.TfLite;

namespace RenderFarm.MediaPipe;

/// <summary>Reads the landmarks of the face in a region.</summary>
internal sealed class FaceMesh : IDisposable
{
    private const int InputSize = 192;
    private const float Scale = 1 / 255f;
    private const int MeshPoints = 468;

    private readonly BoundNetwork network;
    private readonly bool refined;

    public FaceMesh(OrtRuntime runtime, string modelsFolder, bool refined, OrtSessionOptions session)
    {
        this.refined = refined;
        MediaPipeModel model = refined ? MediaPipeModels.FaceLandmarksWithAttention : MediaPipeModels.FaceLandmarks;
        network = new BoundNetwork(runtime, MediaPipeModels.PathOf(model, modelsFolder), session);
    }

    /// <returns>468 points, or 478 refined ones; null when the region shows no face.</returns>
    public FaceLandmarks? Read(RgbImage image, Region region, float minPresence)
    {
        CropSampler.Sample(image, region, InputSize, CropBorder.Replicate, Scale, offset: 0, network.Input);
        network.Run();
        float presence = DetectionDecoder.Sigmoid(network.Output(refined ? "conv_faceflag" : "conv2d_31")[0]);
        if (!(presence >= minPresence))
            return null;
        Landmark[] crop = refined ? Refined() : Plain(network.Output("conv2d_21"), MeshPoints);
        return new FaceLandmarks(Array.ConvertAll(crop, point => ToPicture(point, region)), presence);
    }

    public void Dispose() => network.Dispose();

    private static Landmark[] Plain(ReadOnlySpan<float> xyz, int capacity)
    {
        Landmark[] points = new Landmark[capacity];
        for (int i = 0; i < MeshPoints; i++)
            points[i] = new Landmark(xyz[3 * i], xyz[(3 * i) + 1], xyz[(3 * i) + 2]);
        return points;
    }

    /// <summary>The mesh, with lips, eyes and irises as the attention networks see them: they know x and y only.</summary>
    private Landmark[] Refined()
    {
        Landmark[] points = Plain(network.Output("output_mesh_identity"), FaceParts.RefinedPoints);
        Overwrite(points, FaceParts.Lips, network.Output("output_lips"));
        Overwrite(points, FaceParts.LeftEye, network.Output("output_left_eye"));
        Overwrite(points, FaceParts.RightEye, network.Output("output_right_eye"));
        AppendIris(points, FaceParts.LeftIris, network.Output("output_left_iris"), FaceParts.LeftEye);
        AppendIris(points, FaceParts.RightIris, network.Output("output_right_iris"), FaceParts.RightEye);
        return points;
    }

    private static void Overwrite(Landmark[] points, ReadOnlySpan<int> indices, ReadOnlySpan<float> xy)
    {
        for (int i = 0; i < indices.Length; i++)
            points[indices[i]] = points[indices[i]] with { X = xy[2 * i], Y = xy[(2 * i) + 1] };
    }

    private static void AppendIris(Landmark[] points, int first, ReadOnlySpan<float> xy, ReadOnlySpan<int> eye)
    {
        float depth = 0;
        foreach (int contour in eye[..FaceParts.EyeContourPoints])
            depth += points[contour].Z;
        for (int i = 0; i < FaceParts.IrisPoints; i++)
            points[first + i] = new Landmark(xy[2 * i], xy[(2 * i) + 1], depth / FaceParts.EyeContourPoints);
    }

    private static Landmark ToPicture(Landmark crop, Region region)
    {
        (double x, double y) = region.ToPicture(crop.X / InputSize, crop.Y / InputSize);
        return new Landmark((float)x, (float)y, (float)(crop.Z / InputSize * region.Side));
    }
}
