using RenderFarm.TestSupport;

namespace RenderFarm.Farm.Tests;

/// <summary>What <c>farm demo</c> renders.</summary>
internal static class Samples
{
    public static string Portrait { get; } = Path.Combine(RepositoryRoot.Folder, "services", "Farm", "Demo", "portrait.png");

    public static string Lecture { get; } = Path.Combine(RepositoryRoot.Folder, "services", "Farm", "Demo", "lecture.opus");
}
