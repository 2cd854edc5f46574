using RenderFarm.TestSupport;

namespace RenderFarm.EndToEnd.Tests;

/// <summary>Real inputs.</summary>
internal static class Samples
{
    public static string DemoPortrait { get; } = Path.Combine(RepositoryRoot.Folder, "services", "Farm", "Demo", "portrait.png");

    public static string DemoLecture { get; } = Path.Combine(RepositoryRoot.Folder, "services", "Farm", "Demo", "lecture.opus");

    public static string Portrait(string name) => SharedFolder.At($"inputs/portraits/{name}.png");

    public static IReadOnlyList<string> Speech =>
        [SharedFolder.At("inputs/audio/good.wav"), SharedFolder.At("inputs/audio/news.wav"), SharedFolder.At("inputs/audio/no_smoking.wav")];
}
