using RenderFarm.Imaging;
using RenderFarm.MediaPipe;

namespace RenderFarm.Farm.Faces;

/// <summary>What <c>farm face --json</c> prints. Fields may be added, never changed.</summary>
internal sealed record FaceDocument
{
    /// <summary>Version of the format.</summary>
    public int V { get; init; } = 1;

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The largest first; empty when there is none.</summary>
    public required IReadOnlyList<FaceEntry> Faces { get; init; }

    public static FaceDocument Of(RgbImage picture, IEnumerable<FaceLandmarks> faces) => new()
    {
        Width = picture.Width,
        Height = picture.Height,
        Faces =
        [
            .. faces.Select(face => new FaceEntry
            {
                Score = face.Score,
                Box = new(face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom),
                Points = [.. face.Points.Select(point => (float[])[point.X, point.Y, point.Z])],
            }),
        ],
    };
}
