using System.Text.Json;

namespace RenderFarm.MediaPipe.Tests;

/// <summary>How far landmarks are from the golden's, in pixels at 1024: mean over x and y, largest over x, y and z.</summary>
internal sealed class Agreement
{
    private double sum;
    private long count;
    private double worst;
    private string worstWhere = "nothing compared";

    public double Mean => count == 0 ? 0 : sum / count;

    public double Max => worst;

    public void Add(string picture, int width, int height, IReadOnlyList<Landmark> actual, JsonElement golden)
    {
        Assert.Equal(golden.GetArrayLength(), actual.Count);
        for (int i = 0; i < actual.Count; i++)
        {
            JsonElement xyz = golden[i];
            Compare($"{picture} point {i} x", xyz[0].GetDouble(), actual[i].X / width, isDepth: false);
            Compare($"{picture} point {i} y", xyz[1].GetDouble(), actual[i].Y / height, isDepth: false);
            Compare($"{picture} point {i} z", xyz[2].GetDouble(), actual[i].Z / width, isDepth: true);
        }
    }

    public void AssertWithin(double mean, double max) => Assert.True(Mean <= mean && Max <= max, ToString());

    public override string ToString() => $"mean {Mean:G3}, max |Δ| {Max:G3} px over {count} coordinates; worst: {worstWhere}";

    private void Compare(string where, double expected, double actual, bool isDepth)
    {
        const int PictureSize = 1024;
        double difference = Math.Abs(expected - actual) * PictureSize;
        if (!isDepth)
        {
            sum += difference;
            count++;
        }

        if (!(difference <= worst)) // also true for NaN
            (worst, worstWhere) = (difference, $"{where}: golden {expected}, here {actual}");
    }
}
