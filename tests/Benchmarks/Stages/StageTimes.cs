namespace RenderFarm.Benchmarks.Stages;

/// <summary>What one stage took, round by round.</summary>
internal sealed class StageTimes(string name)
{
    private readonly List<double> framesPerSecond = [];

    public string Name => name;

    public double Median => framesPerSecond.Order().ElementAt(framesPerSecond.Count / 2);

    public double Slowest => framesPerSecond.Min();

    public double Fastest => framesPerSecond.Max();

    public void Add(long frames, TimeSpan elapsed) => framesPerSecond.Add(frames / elapsed.TotalSeconds);
}
