namespace RenderFarm.MediaPipe;

/// <summary>
/// Non-maximum suppression that averages: every group of overlapping detections becomes one with the best score and, weighted
/// by score, the mean box and keypoints. Steadier than keeping the best alone.
/// </summary>
internal static class WeightedSuppression
{
    /// <returns>Best score first.</returns>
    public static List<Detection> Apply(IEnumerable<Detection> detections, double maxIou)
    {
        List<Detection> rest = [.. detections.OrderByDescending(d => d.Score)];
        List<Detection> kept = [];
        while (rest.Count > 0)
        {
            Detection best = rest[0];
            List<Detection> group = rest.FindAll(d => ReferenceEquals(d, best) || Box.Iou(d.Box, best.Box) > maxIou);
            rest.RemoveAll(group.Contains);
            kept.Add(Mean(group, best.Score));
        }

        return kept;
    }

    private static Detection Mean(List<Detection> group, float score)
    {
        double total = group.Sum(d => (double)d.Score);
        double Weighted(Func<Detection, double> value) => group.Sum(d => d.Score * value(d)) / total;
        Box box = new(Weighted(d => d.Box.Left), Weighted(d => d.Box.Top), Weighted(d => d.Box.Right), Weighted(d => d.Box.Bottom));
        IEnumerable<(double, double)> keypoints = Enumerable.Range(0, group[0].Keypoints.Count)
            .Select(k => (Weighted(d => d.Keypoints[k].X), Weighted(d => d.Keypoints[k].Y)));
        return new Detection(score, box, [.. keypoints]);
    }
}
