using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.MediaPipe;

/// <summary>Finds faces or palms in whole pictures: letterbox, network, decode, weighted suppression.</summary>
internal sealed class Detector(OrtRuntime runtime, string path, DetectorLayout layout, OrtSessionOptions session, float minScore) : IDisposable
{
    private const double MaxIou = 0.3;

    private readonly BoundNetwork network = new(runtime, path, session);
    private readonly (double X, double Y)[] anchors = AnchorGrid.Centres([.. layout.Grids]);

    /// <returns>Best score first, positions as fractions of the picture.</returns>
    public List<Detection> Detect(RgbImage image)
    {
        Region square = Region.Around(image.Width, image.Height);
        CropSampler.Sample(image, square, layout.InputSize, CropBorder.Black, layout.Scale, layout.Offset, network.Input);
        network.Run();
        List<Detection> found = DetectionDecoder.Decode(
            network.Output(layout.BoxesOutput), network.Output(layout.ScoresOutput), anchors, layout.InputSize, minScore);
        return [.. WeightedSuppression.Apply(found, MaxIou).Select(d => RemoveLetterbox(d, image, square.Side))];
    }

    public void Dispose() => network.Dispose();

    private static Detection RemoveLetterbox(Detection inSquare, RgbImage image, double side)
    {
        double X(double x) => (((x - 0.5) * side) / image.Width) + 0.5;
        double Y(double y) => (((y - 0.5) * side) / image.Height) + 0.5;
        Box box = inSquare.Box;
        return inSquare with
        {
            Box = new Box(X(box.Left), Y(box.Top), X(box.Right), Y(box.Bottom)),
            Keypoints = [.. inSquare.Keypoints.Select(k => (X(k.X), Y(k.Y)))],
        };
    }
}
