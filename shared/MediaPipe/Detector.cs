using RenderFarm.Imaging;
using RenderFarm.OnnxRuntime;

namespace RenderFarm.MediaPipe;

/// <summary>Finds faces or palms in whole pictures: letterbox, network, decode, weighted suppression.</summary>
internal sealed class Detector(OrtRuntime runtime, string path, DetectorLayout layout, OrtSessionOptions session, float minScore)
    : IDisposable
{
    private const double MaxIou = 0.3;

    private readonly BoundNetwork network = new(runtime, path, session);
    private readonly (double X, double Y)[] anchors = AnchorGrid.Centres([.. layout.Grids]);

    /// <returns>Best score first, positions as fractions of the picture.</returns>
    public List<Detection> Detect(RgbImage image) => Detect(image, [Region.Around(image.Width, image.Height)]);

    /// <summary>Looks into several upright squares; what more than one of them shows is reported once.</summary>
    /// <inheritdoc cref="Detect(RgbImage)"/>
    public List<Detection> Detect(RgbImage image, IReadOnlyList<Region> squares)
    {
        List<Detection> found = [.. squares.SelectMany(square => DetectIn(image, square))];
        return squares.Count == 1 ? found : WeightedSuppression.Apply(found, MaxIou);
    }

    public void Dispose() => network.Dispose();

    private IEnumerable<Detection> DetectIn(RgbImage image, Region square)
    {
        CropSampler.Sample(image, square, layout.InputSize, CropBorder.Black, layout.Scale, layout.Offset, network.Input);
        network.Run();
        List<Detection> found = DetectionDecoder.Decode(
            network.Output(layout.BoxesOutput), network.Output(layout.ScoresOutput), anchors, layout.InputSize, minScore);
        return WeightedSuppression.Apply(found, MaxIou).Select(detection => ToPicture(detection, image, square));
    }

    private static Detection ToPicture(Detection inSquare, RgbImage image, Region square)
    {
        (double X, double Y) Fraction(double x, double y)
        {
            (double pixelX, double pixelY) = square.ToPicture(x, y);
            return (pixelX / image.Width, pixelY / image.Height);
        }

        (double left, double top) = Fraction(inSquare.Box.Left, inSquare.Box.Top);
        (double right, double bottom) = Fraction(inSquare.Box.Right, inSquare.Box.Bottom);
        return inSquare with
        {
            Box = new Box(left, top, right, bottom),
            Keypoints = [.. inSquare.Keypoints.Select(k => Fraction(k.X, k.Y))],
        };
    }
}
