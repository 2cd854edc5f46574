namespace RenderFarm.MediaPipe;

/// <summary>What a detector found: positions as fractions of the picture's width and height (inside the detector: of its square).</summary>
internal sealed record Detection(float Score, Box Box, IReadOnlyList<(double X, double Y)> Keypoints);
