namespace RenderFarm.MediaPipe;

/// <summary>Rows of a single-shot detector → detections in the input square, positions 0 to 1.</summary>
internal static class DetectionDecoder
{
    private const int BoxNumbers = 4;
    private const float LargestLogit = 100;

    /// <param name="rows">Per anchor: x, y, width, height, then keypoints x, y, all in input pixels relative to the anchor.</param>
    /// <param name="logits">Per anchor.</param>
    public static List<Detection> Decode(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> logits, ReadOnlySpan<(double X, double Y)> anchors, int inputSize, float minScore)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, anchors.Length);
        int rowLength = rows.Length / anchors.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, rowLength * anchors.Length);
        List<Detection> detections = [];
        for (int i = 0; i < anchors.Length; i++)
        {
            float score = Sigmoid(Math.Clamp(logits[i], -LargestLogit, LargestLogit));
            if (score >= minScore && DecodeRow(rows.Slice(i * rowLength, rowLength), anchors[i], inputSize, score) is { } detection)
                detections.Add(detection);
        }

        return detections;
    }

    public static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    private static Detection? DecodeRow(ReadOnlySpan<float> row, (double X, double Y) anchor, int inputSize, float score)
    {
        double x = (row[0] / (double)inputSize) + anchor.X;
        double y = (row[1] / (double)inputSize) + anchor.Y;
        double halfWidth = row[2] / (2.0 * inputSize);
        double halfHeight = row[3] / (2.0 * inputSize);
        if (!(halfWidth >= 0 && halfHeight >= 0))
            return null;
        (double, double)[] keypoints = new (double, double)[(row.Length - BoxNumbers) / 2];
        for (int k = 0; k < keypoints.Length; k++)
        {
            int at = BoxNumbers + (2 * k);
            keypoints[k] = ((row[at] / (double)inputSize) + anchor.X, (row[at + 1] / (double)inputSize) + anchor.Y);
        }

        return new Detection(score, new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight), keypoints);
    }
}
